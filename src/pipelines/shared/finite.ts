/** Another number in place of what is none: a single one would otherwise stay in a state for ever. */
export const finiteOr = (value: number | undefined, otherwise: number): number =>
  value !== undefined && Number.isFinite(value) ? value : otherwise;
