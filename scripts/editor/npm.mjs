// The only way to the network: the user's own npm, with its registry, proxy and cache.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { extract } from "tar";

const run = promisify(execFile);

/** Runs npm in a folder. @throws Error with npm's own words. */
export async function npm(args, folder) {
  // npm tells its children where it is; a `.cmd` can't be started without a shell.
  const own = process.env.npm_execpath?.endsWith(".js") ? process.env.npm_execpath : undefined;
  const options = { cwd: folder, maxBuffer: 2 ** 26, windowsHide: true };
  try {
    return own
      ? await run(process.execPath, [own, ...args], options)
      : await run("npm", args, { ...options, shell: process.platform === "win32" });
  } catch (error) {
    throw new Error(`npm ${args[0]} failed: ${lastLines(error.stderr || error.message)}`, { cause: error });
  }
}

/** Unpacks a published package into `folder`, after its tarball was found to be the pinned one. `keep(path)` picks files. */
export async function unpackPackage({ name, version, sha512 }, folder, keep = () => true) {
  const { stdout } = await npm(
    ["pack", `${name}@${version}`, "--ignore-scripts", "--silent", "--pack-destination", folder],
    folder,
  );
  const tarball = join(folder, stdout.trim().split(/\r?\n/).at(-1));
  const found = createHash("sha512")
    .update(await readFile(tarball))
    .digest("base64");
  if (found !== sha512)
    throw new Error(`${name}@${version} isn't the package that was pinned: sha512 ${found}.`);
  await extract({
    file: tarball,
    cwd: folder,
    strip: 1,
    filter: (path) => keep(path.replace(/^package\//, "")),
  });
  await rm(tarball);
}

function lastLines(text) {
  return text.trim().split(/\r?\n/).slice(-8).join("\n");
}
