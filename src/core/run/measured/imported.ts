import { fields, oneOf, orNull, text, type Check } from "../check.ts";

/** Where a run comes from that another tool measured: it knows neither recording nor deadlines. */
export interface Imported {
  readonly format: "cpuprofile" | "speedscope" | "collapsed";
  /** The file's name, as it was opened. */
  readonly file: string;
  /** What wrote it, where it says so: `speedscope@1.22`. */
  readonly tool: string | null;
  /** What its weights are: time, or something that is only counted and shown as if each were a millisecond. */
  readonly unit: "time" | "samples" | "bytes";
}

export const importedShape: Check<Imported> = fields<Imported>({
  format: oneOf("cpuprofile", "speedscope", "collapsed"),
  file: text,
  tool: orNull(text),
  unit: oneOf("time", "samples", "bytes"),
});
