// Writes dist/NOTICES.txt: the licences of everything that is bundled, as esbuild's metafiles name it.
import { readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { COMPILED, COPYRIGHTS } from "./notices/compiled.mjs";

const TEXTS = join(dirname(fileURLToPath(import.meta.url)), "notices");
const ALLOWED = ["MIT", "ISC", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "0BSD", "Zlib", "BlueOak-1.0.0"];
const RULE = "-".repeat(80);

/**
 * @param {string[]} copied names of packages that are shipped without being bundled
 * @throws Error where a package's licence isn't one that a bundle may hold, or its text is missing
 */
export async function writeNotices(root, metafiles, copied, path) {
  const inputs = metafiles.flatMap((metafile) => Object.keys(metafile?.inputs ?? {}));
  const names = new Set([...copied, ...inputs.map(packageOf).filter(Boolean)]);
  const notices = await Promise.all([...names].sort().map((name) => noticeOf(root, name)));
  const head = "Waveflame is under the MIT licence. It contains the following software of others.";
  await writeFile(path, `${[head, ...notices].join(`\n\n${RULE}\n`)}\n`);
}

function packageOf(input) {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input.replaceAll("\\", "/"))?.[1];
}

async function noticeOf(root, name) {
  const folder = join(root, "node_modules", name);
  const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  if (!ALLOWED.includes(license)) throw new Error(`${name} is under ${license}, which can't be bundled.`);
  const parts = [`${name} ${version} (${license})`, await licenceText(folder, name, license)];
  for (const { name: library, licence, copyright, text, note } of COMPILED[name] ?? []) {
    parts.push(`It contains ${library} (${licence})`, ...(note ? [note] : []), copyright, await textOf(text));
  }
  return parts.join("\n\n");
}

async function licenceText(folder, name, license) {
  const file = (await readdir(folder)).find((entry) => /^(licen[sc]e|copying)/i.test(entry));
  if (file) return (await readFile(join(folder, file), "utf8")).trim();
  if (!COPYRIGHTS[name])
    throw new Error(`${name} brings no licence text: say whose it is in scripts/notices/compiled.mjs.`);
  return `${COPYRIGHTS[name]}\n\n${await textOf(license)}`;
}

const textOf = async (text) => (await readFile(join(TEXTS, `${text}.txt`), "utf8")).trim();
