/** A text with {0}, {1} … and what stands there, as `l10n.t` of the editor takes them. */
export type Translate = (text: string, ...values: (string | number | boolean)[]) => string;

/** For the terminal, which has one language. */
export const inEnglish: Translate = (text, ...values) =>
  text.replace(/\{(\d+)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
