// Starts the embedded VS Code server on 127.0.0.1 behind a token.
import { execFile, fork } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdir, mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { projectNode } from "../project-node.mjs";
import { writeUserSettings } from "./settings.mjs";
import { installedServer } from "./install-server.mjs";

/**
 * `{address, url(folder, payload), remote(path), home, ended, stop()}`. `home` is a temporary folder that ends with the server.
 * `leftovers` are folders that end with it, too.
 * `flags` are handed on to the server; `extensions` are VSIX files to install into `extensionsFolder` first.
 */
export async function serve({
  userData,
  extensionsFolder,
  extensions = [],
  flags = [],
  leftovers = [],
  say,
}) {
  const folder = await installedServer(say);
  const main = join(folder, "out", "server-main.js");
  const home = await mkdtemp(join(tmpdir(), "waveflame-editor-"));
  const token = randomBytes(16).toString("hex");
  const tokenFile = join(home, "token");
  await writeFile(tokenFile, token, { mode: 0o600 });
  await mkdir(join(home, "sockets"), { mode: 0o700 });
  const common = [
    "--server-data-dir",
    join(home, "server"),
    "--user-data-dir",
    userData ?? join(home, "user"),
    "--extensions-dir",
    extensionsFolder ?? join(home, "extensions"),
    "--telemetry-level",
    "off",
    "--accept-server-license-terms",
    // The environment is the one of the terminal, not what a login shell would make of it.
    "--force-disable-user-env",
  ];
  const temporary = join(home, "tmp");
  await mkdir(temporary);
  const env = {
    ...ownEnvironment(),
    ...temporaryFolderVariables(temporary),
    EXTENSIONS_GALLERY: "{}",
    XDG_RUNTIME_DIR: join(home, "sockets"),
  };
  if (!userData) await writeUserSettings(join(home, "user"));
  const execPath = projectNode();
  for (const extension of extensions) {
    await promisify(execFile)(execPath, [main, ...common, "--install-extension", extension], { env });
  }
  const keeper = fork(
    fileURLToPath(new URL("keeper.mjs", import.meta.url)),
    [
      JSON.stringify([home, ...leftovers]),
      main,
      ...common,
      "--connection-token-file",
      tokenFile,
      "--host",
      "127.0.0.1",
      "--port",
      "0",
      ...flags,
    ],
    { execPath, env, detached: true, stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  const port = await new Promise((resolve, reject) => {
    keeper.on("message", ({ port, failed }) => {
      if (port) resolve(port);
      else reject(new Error(`The embedded VS Code server didn't start: ${failed}`));
    });
    keeper.once("error", reject);
  });
  const ended = new Promise((resolve) => keeper.once("exit", resolve));
  const address = `127.0.0.1:${port}`;
  return {
    address,
    home,
    url(workspace, payload = []) {
      const url = new URL(`http://${address}/`);
      url.searchParams.set("tkn", token);
      url.searchParams.set(
        workspace.endsWith(".code-workspace") ? "workspace" : "folder",
        pathOfUrl(workspace),
      );
      if (payload.length > 0) url.searchParams.set("payload", JSON.stringify(payload));
      return url.href;
    },
    /** A path on this machine, as the page addresses it. */
    remote: (path) => `vscode-remote://${address}${pathOfUrl(path)}`,
    ended,
    async stop() {
      if (!keeper.connected) return;
      keeper.disconnect();
      await ended;
    },
  };
}

const pathOfUrl = (path) => decodeURIComponent(pathToFileURL(path).pathname);

/** Where programs put what they forget to remove. */
export const temporaryFolderVariables = (folder) => ({ TMPDIR: folder, TEMP: folder, TMP: folder });

/** Without what a surrounding VS Code has set for its own children. */
function ownEnvironment() {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(VSCODE_|ELECTRON_|NODE_OPTIONS$)/.test(name)),
  );
}
