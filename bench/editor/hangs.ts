import { writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What a pipeline is at when its run is cancelled. */
export interface Hang {
  readonly name: string;
  readonly title: string;
  /** What its file does when it is loaded. */
  readonly onLoad: string;
  /** What its stage does with a block. */
  readonly onBlock: string;
}

const TELL = "tell();";

export const HANGS: readonly Hang[] = [
  {
    name: "working",
    title: "while it works",
    onLoad: "",
    onBlock: `${TELL} const end = performance.now() + 5; while (performance.now() < end);`,
  },
  { name: "endless", title: "in an endless loop", onLoad: "", onBlock: `${TELL} for (;;);` },
  { name: "loading", title: "in an endless loop as it loads", onLoad: `${TELL} for (;;);`, onBlock: "" },
  {
    name: "locked",
    title: "in a lock that nobody opens",
    onLoad: "",
    onBlock: `${TELL} Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);`,
  },
  {
    name: "waiting",
    title: "while it waits for a promise that never settles",
    onLoad: "",
    onBlock: `${TELL} return new Promise(() => {});`,
  },
];

/** Writes its pipeline, which leaves its process id in a file when it is there. */
export async function writeHang(
  { name, onLoad, onBlock }: Hang,
  folder: string,
): Promise<{ readonly pipeline: string; readonly pidFile: string }> {
  const pipeline = join(folder, `${name}.pipeline.mjs`);
  const pidFile = join(folder, `${name}.pid`);
  await writeFile(
    pipeline,
    `import { renameSync, writeFileSync } from "node:fs";

let told = false;

function tell() {
  if (told) return;
  told = true;
  const file = ${JSON.stringify(pidFile)};
  writeFileSync(file + ".new", String(process.pid));
  renameSync(file + ".new", file);
}

${onLoad}

export default {
  name: ${JSON.stringify(name)},
  blockFrames: 256,
  stages: {
    ${name}: () => () => {
      ${onBlock}
    },
  },
};
`,
  );
  return { pipeline, pidFile };
}
