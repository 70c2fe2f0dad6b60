/** What silence comes to. */
export const FLOOR_DB = -120;
