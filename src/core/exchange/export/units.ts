import type { Run } from "../../run/run.ts";

/** What a run's milliseconds stand for: an imported one may count samples or bytes instead. */
export const unitOf = ({ imported }: Run): "time" | "samples" | "bytes" => imported?.unit ?? "time";
