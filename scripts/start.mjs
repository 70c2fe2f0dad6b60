// `npm start`: profiles the sample recording in the terminal, then opens an editor on the sample workspace.
// `--no-editor` stops after the terminal part.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { access, readFile, readdir } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildIfStale } from "./build.mjs";
import { cachedFolder } from "./editor/cache.mjs";
import { openInBrowser } from "./editor/open-in-browser.mjs";
import { serve } from "./editor/serve.mjs";
import { productNode, projectEnvironment, projectNode, userEnvironment } from "./project-node.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

// For the editor and all that is profiled in it, too.
Object.assign(process.env, userEnvironment());
await buildIfStale();
const sample = await sampleWorkspace();
console.log(`The sample workspace is ${sample}\n`);
// What the user changed in the sample may fail: the editor is where it can be mended.
const code = await run(productNode(), [
  join(root, "dist", "cli.cjs"),
  "profile",
  "speech.wav",
  "--pipeline",
  "voice-level.pipeline.ts",
]);
if (process.argv.includes("--no-editor")) process.exitCode = code;
else await openEditor();

/** Kept between starts with whatever the user changes in it; made anew when the sample itself has changed. */
async function sampleWorkspace() {
  const from = join(root, "media", "sample");
  const types = join(root, "dist", "library", "waveflame.d.ts");
  const files = (await readdir(from)).map((file) => join(from, file));
  const texts = await Promise.all([...files, types].map((file) => readFile(file, "utf8")));
  const { openSample } = await import("../src/client/sample/sample.ts");
  const name = "waveflame-sample";
  return join(
    await cachedFolder("sample", texts, (folder) => openSample(from, join(folder, name), types)),
    name,
  );
}

async function openEditor() {
  if (await isOnPath("code")) {
    process.exitCode = await run("code", ["--new-window", `--extensionDevelopmentPath=${root}`, sample]);
    return;
  }
  const packaged = await run(projectNode(), [join(root, "scripts", "package.mjs")], {
    env: projectEnvironment(),
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (packaged !== 0) process.exit(packaged);
  const server = await serve({
    extensions: [join(root, "dist", "waveflame.vsix")],
    flags: ["--disable-workspace-trust", "--disable-getting-started-override"],
    say: (sentence) => console.log(sentence),
  });
  const url = server.url(sample);
  console.log(
    `\nThe editor is at\n  ${url}\nRight-click speech.wav there and choose "Profile with Waveflame". Ctrl-C ends it.`,
  );
  openInBrowser(url);
  await Promise.race([
    once(process, "SIGINT"),
    once(process, "SIGTERM"),
    once(process, "SIGHUP"),
    server.ended,
  ]);
  await server.stop();
}

/** In the sample workspace. @returns its exit code; a command that fails has said why */
async function run(command, args, options = { stdio: "inherit" }) {
  const shell = process.platform === "win32" && command === "code";
  const child = spawn(command, shell ? args.map((arg) => `"${arg}"`) : args, {
    cwd: sample,
    shell,
    ...options,
  });
  const [code] = await once(child, "close");
  return code ?? 1;
}

async function isOnPath(name) {
  const file = process.platform === "win32" ? `${name}.cmd` : name;
  for (const folder of (process.env.PATH ?? "").split(delimiter)) {
    const found = await access(join(folder, file)).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}
