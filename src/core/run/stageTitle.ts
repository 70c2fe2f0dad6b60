import type { StageFigures } from "./run.ts";

/** With the variant that ran, where it isn't the one as written: `lowpass (plain)`. */
export const stageTitle = ({ name, variant }: StageFigures): string =>
  variant === null ? name : `${name} (${variant})`;
