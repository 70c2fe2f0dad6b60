// Bundles everything that ships into dist/. With --if-stale only where a source is newer than the last build.
import { build } from "esbuild";
import { mkdir, readdir, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { writeLibraryTypes } from "./library-types.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const stamp = join(dist, ".built");
const require = createRequire(import.meta.url);

/** The oldest Node that runs any of it: the engine needs module.registerHooks. */
const NODE_TARGET = "node22.15";

const node = {
  // Some packages (jsonc-parser) have a main that cannot be bundled.
  mainFields: ["module", "main"],
  platform: "node",
  target: NODE_TARGET,
  bundle: true,
  absWorkingDir: root,
  logLevel: "warning",
  legalComments: "none",
};

export async function buildAll() {
  await mkdir(join(dist, "engine"), { recursive: true });
  await Promise.all([
    build({
      ...node,
      entryPoints: ["src/extension.ts"],
      outfile: "dist/extension.cjs",
      format: "cjs",
      external: ["vscode"],
      minify: true,
    }),
    build({ ...node, entryPoints: ["src/cli.ts"], outfile: "dist/cli.cjs", format: "cjs", minify: true }),
    build({
      ...node,
      // `worker.js` is piscina's own file, which it looks for beside its bundle.
      entryPoints: {
        engine: "src/engine/main.ts",
        measure: "src/engine/worker/measure.ts",
        worker: join(dirname(require.resolve("piscina")), "worker.js"),
      },
      outdir: "dist/engine",
      format: "cjs",
      external: ["@napi-rs/nice"],
    }),
    build({
      ...node,
      entryPoints: ["src/library/index.ts"],
      outfile: "dist/library/waveflame.mjs",
      format: "esm",
    }),
    build({
      entryPoints: { panel: "webview-ui/main.ts", style: "webview-ui/style.css" },
      outdir: "dist/webview",
      bundle: true,
      format: "iife",
      platform: "browser",
      target: "chrome128",
      minify: true,
      absWorkingDir: root,
      logLevel: "warning",
      legalComments: "none",
    }),
    writeFile(join(dist, "package.json"), '{ "type": "commonjs" }\n'),
    writeLibraryTypes(root, join(dist, "library")),
  ]);
  await writeFile(stamp, "");
}

/** Compares dates, because nothing else notices an edit between two runs of the command line. */
export async function buildIfStale() {
  const built = await stat(stamp).then(
    (found) => found.mtimeMs,
    () => 0,
  );
  const newest = await newestChange(["src", "webview-ui", "scripts/build.mjs", "package-lock.json"]);
  if (newest >= built) await buildAll();
}

async function newestChange(places) {
  let newest = 0;
  for (const place of places) {
    const path = join(root, place);
    const found = await stat(path);
    newest = Math.max(newest, found.mtimeMs);
    if (!found.isDirectory()) continue;
    for (const entry of await readdir(path, { recursive: true })) {
      newest = Math.max(newest, (await stat(join(path, entry))).mtimeMs);
    }
  }
  return newest;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await (process.argv.includes("--if-stale") ? buildIfStale() : buildAll());
}
