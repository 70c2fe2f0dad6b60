import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resolveCliArgsFromVSCodeExecutablePath, runTests } from "@vscode/test-electron";
import { writeUserSettings } from "../../../scripts/editor/settings.mjs";
import { startAskServer } from "../../support/editor/askServer.ts";
import { ADDRESS_VARIABLE, KEY_VARIABLE } from "../../support/editor/remote.ts";
import { allSteps, takeStep } from "../../support/editor/steps/all.ts";
import { connectToWorkbench } from "../../support/editor/workbench.ts";
import type { EditorSteps } from "../../support/editor/editorSteps.ts";
import type { TestBundles } from "./bundle.ts";
import { printLine, type Counts, type ReportLine } from "./report.ts";
import type { Session } from "./sessions.ts";

export interface EditorUnderTest {
  readonly root: string;
  /** Null: the embedded one. */
  readonly desktop: string | null;
  /** The packaged product. */
  readonly vsix: string;
  readonly tests: TestBundles;
}

/** Menus and dialogs that a test can see, and a workspace that stays as it is: trusted or not. */
const TEST_SETTINGS = {
  "editor.fontFamily": "DejaVu Sans Mono, Menlo, Consolas, monospace",
  "editor.minimap.enabled": false,
  "security.workspace.trust.startupPrompt": "never",
  "update.mode": "none",
  "window.dialogStyle": "custom",
  "window.menuStyle": "custom",
  "window.titleBarStyle": "custom",
};

/** Starts the editor once, runs the session's tests in its extension host, and adds to the counts. */
export async function runSession(session: Session, under: EditorUnderTest, counts: Counts): Promise<void> {
  const home = await realpath(await mkdtemp(join(tmpdir(), "wf-")));
  const before = { ...counts };
  let steps: Promise<EditorSteps> | undefined;
  const port = await freePort();
  const server = await startAskServer(async (path, body) => {
    if (path === "report") {
      const line = body as ReportLine;
      printLine(line, counts);
      if (line.kind === "fail") await (await steps)?.screenshot(pictureOfFailure(line.title));
      return undefined;
    }
    steps ??= connectToWorkbench(port).then(({ page }) =>
      allSteps(page, join(under.root, "test", "out", "editor")),
    );
    return takeStep(await steps, path.replace(/^step\//, ""), body);
  });
  try {
    const userData = join(home, "user");
    await writeUserSettings(userData, TEST_SETTINGS);
    await mkdir(join(home, "workspace"));
    const workspace = await session.workspace(join(home, "workspace"), under.root);
    await runTests({
      ...launchOf(session, under, home, workspace, port),
      extensionDevelopmentPath: under.tests.extension,
      extensionTestsPath: under.tests.entry,
      extensionTestsEnv: {
        [ADDRESS_VARIABLE]: server.address,
        [KEY_VARIABLE]: server.key,
        WAVEFLAME_TEST_FILES: JSON.stringify(under.tests.files.get(session.name) ?? []),
      },
    });
    if (counts.passed + counts.failed === before.passed + before.failed) throw new Error("no test ran");
  } catch (error) {
    if (counts.failed === before.failed) {
      counts.failed += 1;
      console.error(
        `    ✘ ${session.name}: the editor ended early: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  } finally {
    server.close();
    await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  }
}

const pictureOfFailure = (title: string): string => `failed ${title.replace(/[^\w ]/g, "").slice(0, 80)}`;

function launchOf(
  session: Session,
  under: EditorUnderTest,
  home: string,
  workspace: string,
  port: number,
): { vscodeExecutablePath: string; launchArgs: string[] } {
  const common = [
    workspace,
    `--user-data-dir=${join(home, "user")}`,
    `--extensions-dir=${join(home, "extensions")}`,
    `--remote-debugging-port=${port}`,
  ];
  if (under.desktop === null) {
    const launcher = join(under.root, "scripts", "vscode-host.mjs");
    const trust = session.trusted ? [] : ["--enable-workspace-trust"];
    return {
      vscodeExecutablePath: process.execPath,
      launchArgs: [
        launcher,
        ...common,
        `--install-extension=${under.vsix}`,
        `--remove-at-end=${home}`,
        ...trust,
      ],
    };
  }
  installOnDesktop(under.desktop, [...common.slice(1, 3), `--install-extension=${under.vsix}`]);
  return { vscodeExecutablePath: under.desktop, launchArgs: common };
}

function installOnDesktop(desktop: string, args: readonly string[]): void {
  const [cli = desktop, ...cliArgs] = resolveCliArgsFromVSCodeExecutablePath(desktop, {
    reuseMachineInstall: true,
  });
  const shell = process.platform === "win32";
  const quoted = [cli, ...cliArgs, ...args].map((part) => (shell ? `"${part}"` : part));
  const { status } = spawnSync(quoted[0]!, quoted.slice(1), {
    shell,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error(`${cli} couldn't install the package: exit code ${status ?? "unknown"}.`);
}

/** The editor takes a number only; nothing else asks for ports in between. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
