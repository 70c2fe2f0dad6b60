import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { globSync } from "tinyglobby";

export interface TestBundles {
  /** The extension whose tests these are, as the editor sees it: empty, for the product comes as its package. */
  readonly extension: string;
  /** What the editor is told to run. */
  readonly entry: string;
  /** By session: the bundled test files. */
  readonly files: ReadonlyMap<string, readonly string[]>;
}

/** The extension host loads CommonJS JavaScript only. */
export async function bundleTests(root: string, sessions: readonly string[]): Promise<TestBundles> {
  const out = join(root, "out", "test", "editor");
  await rm(out, { recursive: true, force: true });
  await mkdir(out, { recursive: true });
  const files = new Map(
    sessions.map((session) => [
      session,
      globSync(`${session}/**/*.test.ts`, { cwd: join(root, "test", "editor") }).sort(),
    ]),
  );
  await build({
    absWorkingDir: join(root, "test", "editor"),
    entryPoints: ["harness/extensionHost.ts", ...[...files.values()].flat()],
    outdir: out,
    outbase: ".",
    outExtension: { ".js": ".cjs" },
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node22",
    external: ["vscode", "mocha"],
    sourcemap: "inline",
    logLevel: "warning",
  });
  await writeFile(join(out, "package.json"), JSON.stringify(TEST_EXTENSION));
  return {
    extension: out,
    entry: join(out, "harness", "extensionHost.cjs"),
    files: new Map(
      [...files].map(([session, names]) => [
        session,
        names.map((name) => join(out, name.replace(/\.ts$/, ".cjs"))),
      ]),
    ),
  };
}

const TEST_EXTENSION = {
  name: "waveflame-editor-tests",
  publisher: "waveflame-tests",
  version: "0.0.0",
  engines: { vscode: "^1.101.0" },
  extensionKind: ["workspace"],
  capabilities: { untrustedWorkspaces: { supported: true } },
};
