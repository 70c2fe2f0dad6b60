import { writeFileSync } from "node:fs";
import { join } from "node:path";

const PRELUDE = `
process.on("disconnect", () => process.exit());
const send = (message) => process.send(message);
const progress = (stage, audioSeconds, phase = "timed") => send({ kind: "tell", method: "progress", params:
  { phase, stage, segment: 1, segments: 3, audioSeconds, totalSeconds: 30, leftSeconds: null } });
const answer = (id, value) => send({ kind: "answer", id, value });
const refuse = (id, message, details) => send({ kind: "refusal", id, error: { message, details } });
const busy = () => { for (;;); };
const alive = setInterval(() => {}, 1000);
`;

/**
 * Writes an engine that does what a test needs, and gives its path.
 * @param onProfile Statements; `id` and `request` are of the call.
 * @param onCancel Statements; `id` is of the call that is to be cancelled.
 */
export function fakeEngine(folder: string, onProfile: string, onCancel = ""): string {
  const path = join(folder, "engine.cjs");
  const code = `${PRELUDE}
let id;
process.on("message", (message) => {
  if (message.method === "profile") { id = message.id; const request = message.params; ${onProfile} }
  if (message.method === "cancel") { ${onCancel} }
});
`;
  writeFileSync(path, code);
  return path;
}
