// Every string that is asked for is there, every one that is there is asked for, and none is shown that isn't.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { differences, refuse, root } from "./run.mjs";
import { localisedStrings, parse, sourcesIn, untranslated } from "./source.mjs";

const STRINGS = "package.nls.json";
const BUNDLE = "l10n/bundle.l10n.json";

/** Beside the host: what it shares with the terminal, which speaks English. */
const SHARED = ["src/client/profiling/batch.ts", "src/client/profiling/progressText.ts"];

/** Without words for a person: pictures, the frame of the page, and reports that are read by whoever mends bugs. */
const WORDLESS = [
  /\/annotations\/(blockPicture|heat)\.ts$/,
  /\/diagnostics\/(diagnosticsText|errorKind)\.ts$/,
  /\/panel\/page\.ts$/,
];

export async function checkLocalisation() {
  const read = (path) => readFile(join(root, path), "utf8");
  const sources = [...(await sourcesIn("src/host")), ...(await Promise.all(SHARED.map(parse)))];
  const inManifest = [...(await read("package.json")).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
  const inCode = sources.flatMap(localisedStrings);
  refuse([
    ...differences(
      "The string",
      inManifest,
      Object.keys(JSON.parse(await read(STRINGS))),
      "package.json",
      STRINGS,
    ),
    ...differences("The string", inCode, Object.keys(JSON.parse(await read(BUNDLE))), "src", BUNDLE),
    ...sources
      .filter(({ fileName }) => !WORDLESS.some((pattern) => pattern.test(fileName)))
      .flatMap(untranslated),
  ]);
}
