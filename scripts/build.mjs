// Bundles everything that ships into dist/. With --if-stale only where a source is newer than the last build.
import { build } from "esbuild";
import { mkdir, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { bundleDecoders } from "./decoders.mjs";
import { compileKernels } from "./kernels.mjs";
import { copyPffft } from "./pffft.mjs";
import { writeLibraryTypes } from "./library-types.mjs";
import { writeNotices } from "./notices.mjs";
import { copyPipelines } from "./pipelines.mjs";

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
  metafile: true,
};

/** Builds beside and moves each file into place whole, because something may run from there meanwhile. */
export async function buildAll() {
  const draft = join(dist, `.draft-${process.pid}`);
  try {
    await buildInto(draft);
    const made = await moveFiles(draft, dist);
    await removeOthers(dist, made);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
  await writeFile(stamp, "");
}

/** @returns where they are now */
async function moveFiles(from, to) {
  const moved = new Set();
  for (const entry of await readdir(from, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const place = join(to, relative(from, entry.parentPath), entry.name);
    await mkdir(dirname(place), { recursive: true });
    await rename(join(entry.parentPath, entry.name), place);
    moved.add(place);
  }
  return moved;
}

/** What an older build has left beside them would be packed, too. */
async function removeOthers(folder, kept) {
  const folders = new Set([...kept].map((path) => dirname(path)));
  const isKept = (path) =>
    kept.has(path) || [...folders].some((one) => `${one}${sep}`.startsWith(`${path}${sep}`));
  for (const inside of folders) {
    if (inside === folder) continue;
    for (const name of await readdir(inside)) {
      if (!isKept(join(inside, name))) await rm(join(inside, name), { recursive: true, force: true });
    }
  }
}

async function buildInto(folder) {
  await mkdir(join(folder, "library"), { recursive: true });
  const built = await Promise.all([
    build({
      ...node,
      entryPoints: ["src/extension.ts"],
      outfile: join(folder, "extension.cjs"),
      format: "cjs",
      external: ["vscode"],
      minify: true,
    }),
    build({
      ...node,
      entryPoints: ["src/cli.ts"],
      outfile: join(folder, "cli.cjs"),
      format: "cjs",
      minify: true,
    }),
    build({
      ...node,
      // `worker.js` is piscina's own file, which it looks for beside its bundle.
      entryPoints: {
        engine: "src/engine/main.ts",
        laneTask: "src/engine/worker/lane/laneTask.ts",
        laneProcess: "src/engine/worker/process/laneProcess.ts",
        laneBridge: "src/engine/worker/process/laneBridge.ts",
        worker: join(dirname(require.resolve("piscina")), "worker.js"),
      },
      outdir: join(folder, "engine"),
      format: "cjs",
      external: ["@napi-rs/nice"],
      define: { "import.meta.dirname": "__dirname", "import.meta.filename": "__filename" },
    }),
    build({
      ...node,
      entryPoints: ["src/library/index.ts"],
      outfile: join(folder, "library", "waveflame.mjs"),
      format: "esm",
    }),
    bundleDecoders(node, join(folder, "library", "decoders")),
    compileKernels(root, join(folder, "library")),
    build({
      entryPoints: { panel: "webview-ui/main.ts", style: "webview-ui/style.css" },
      outdir: join(folder, "webview"),
      bundle: true,
      format: "iife",
      platform: "browser",
      target: "chrome128",
      minify: true,
      absWorkingDir: root,
      logLevel: "warning",
      legalComments: "none",
      metafile: true,
    }),
    writeFile(join(folder, "package.json"), '{ "type": "commonjs" }\n'),
    copyPipelines(root, join(folder, "pipelines")),
    writeLibraryTypes(root, join(folder, "library")),
    copyPffft(join(folder, "library")),
  ]);
  const metafiles = built.flat().map((result) => result?.metafile);
  await writeNotices(root, metafiles, ["@echogarden/pffft-wasm"], join(folder, "NOTICES.txt"));
}

/** Compares dates, because nothing else notices an edit between two runs of the command line. */
export async function buildIfStale() {
  const built = await stat(stamp).then(
    (found) => found.mtimeMs,
    () => 0,
  );
  const newest = await newestChange(["src", "webview-ui", "scripts", "package-lock.json"]);
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
