// Every string that is asked for is there, and every one that is there is asked for.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { differences, refuse, root } from "./run.mjs";
import { localisedStrings, sourcesIn } from "./source.mjs";

export async function checkLocalisation() {
  const read = (path) => readFile(join(root, path), "utf8");
  const inManifest = [...(await read("package.json")).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
  const inCode = (await sourcesIn("src/host")).flatMap(localisedStrings);
  const [strings, bundle] = ["package.nls.json", "l10n/bundle.l10n.json"];
  refuse([
    ...differences(
      "The string",
      inManifest,
      Object.keys(JSON.parse(await read(strings))),
      "package.json",
      strings,
    ),
    ...differences("The string", inCode, Object.keys(JSON.parse(await read(bundle))), "src/host", bundle),
  ]);
}
