import type { Benchmark } from "../bench.ts";
import { cancelled } from "./cancel.ts";
import { realEditor } from "./realEditor.ts";

/** What a person waits for. */
export const editor: Benchmark = async (setting) => [
  ...(await realEditor(setting)),
  ...(await cancelled(setting)),
];
