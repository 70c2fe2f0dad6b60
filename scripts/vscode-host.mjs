// Takes the flags of the desktop VS Code and runs extension tests in the embedded one: for @vscode/test-electron's
// runTests with process.execPath as the executable and this file as the first argument.
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium } from "playwright-core";
import { findBrowser } from "./editor/browser.mjs";
import { isAlive } from "./editor/cache.mjs";
import { serve, temporaryFolderVariables } from "./editor/serve.mjs";

const LIMIT_MINUTES = 15;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: "string", multiple: true, default: [] },
    extensionTestsPath: { type: "string" },
    "user-data-dir": { type: "string" },
    "extensions-dir": { type: "string" },
    "install-extension": { type: "string", multiple: true, default: [] },
    "remote-debugging-port": { type: "string", default: "0" },
    "disable-workspace-trust": { type: "boolean" },
    // Not one of VS Code's: runTests always switches trust off, and this takes it back.
    "enable-workspace-trust": { type: "boolean" },
    // Nor this one: a folder of the caller's, removed at the end, however that comes.
    "remove-at-end": { type: "string", multiple: true, default: [] },
  },
});
const say = (sentence) => console.error(sentence);

const closing = [];
let ending;
function end(code) {
  ending ??= (async () => {
    for (const close of closing.reverse()) await close().catch(() => {});
    process.exit(code);
  })();
}

const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent || !isAlive(parent)) end(1);
}, 250).unref();
setTimeout(() => {
  say(`The tests in the embedded VS Code took longer than ${LIMIT_MINUTES} minutes and were ended.`);
  end(1);
}, LIMIT_MINUTES * 60_000).unref();
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => end(130));

try {
  await run();
} catch (error) {
  say(error.message);
  end(1);
}

async function run() {
  const workspace = positionals[0];
  const trusting = values["disable-workspace-trust"] && !values["enable-workspace-trust"];
  const server = await serve({
    userData: values["user-data-dir"],
    extensionsFolder: values["extensions-dir"],
    extensions: values["install-extension"],
    flags: [
      "--enable-smoke-test-driver",
      "--disable-getting-started-override",
      ...(trusting ? ["--disable-workspace-trust"] : []),
    ],
    leftovers: values["remove-at-end"],
    say,
  });
  closing.push(() => server.stop());
  const browser = await findBrowser(say);
  Object.assign(process.env, temporaryFolderVariables(server.home));
  const profile = join(server.home, "browser");
  await mkdir(profile);
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: browser.executablePath,
    headless: true,
    args: [...browser.args, `--remote-debugging-port=${values["remote-debugging-port"]}`],
    env: { ...process.env, ...browser.env, XDG_CACHE_HOME: profile, XDG_CONFIG_HOME: profile, HOME: profile },
    viewport: { width: 1440, height: 900 },
    permissions: ["clipboard-read", "clipboard-write"],
  });
  closing.push(() => context.close());
  const page = context.pages()[0] ?? (await context.newPage());
  await page.exposeFunction("codeAutomationLog", (type, args) => console.log(...args));
  await page.exposeFunction("codeAutomationExit", (code) => end(code));
  page.on("crash", () => end(1));
  const payload = [
    ...values.extensionDevelopmentPath.map((path) => ["extensionDevelopmentPath", server.remote(path)]),
    ["extensionTestsPath", server.remote(values.extensionTestsPath)],
  ];
  await page.goto(server.url(workspace, payload));
}
