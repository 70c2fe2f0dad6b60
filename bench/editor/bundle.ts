import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import type { TestBundles } from "../../test/editor/harness/bundle.ts";

/** What is measured inside the editor: the files of `inside/`, by name. */
export const INSIDE = ["activation", "click"] as const;

/** The extension host loads CommonJS JavaScript only. */
export async function bundleInside(root: string): Promise<TestBundles> {
  const out = join(root, "out", "bench", "editor");
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: {
      extensionHost: "test/editor/harness/extensionHost.ts",
      ...Object.fromEntries(INSIDE.map((name) => [name, `bench/editor/inside/${name}.ts`])),
    },
    outdir: out,
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode", "mocha"],
    logLevel: "warning",
  });
  await writeFile(join(out, "package.json"), JSON.stringify(EXTENSION));
  return {
    extension: out,
    entry: join(out, "extensionHost.cjs"),
    files: new Map(INSIDE.map((name) => [name, [join(out, `${name}.cjs`)]])),
  };
}

/** What the editor takes for the extension whose tests these are. */
const EXTENSION = {
  name: "waveflame-editor-bench",
  publisher: "waveflame-tests",
  version: "0.0.0",
  engines: { vscode: "^1.101.0" },
  extensionKind: ["workspace"],
};
