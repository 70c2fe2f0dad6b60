import { sep } from "node:path";

/** Files of packages stay as they are and count as "package". */
export const inPackages = (path: string): boolean => path.includes(`${sep}node_modules${sep}`);
