// A browser for the embedded editor's page: an installed one, or the one that comes as an npm package.
import { constants, createReadStream, createWriteStream } from "node:fs";
import { access, chmod, mkdir, rm, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { createBrotliDecompress } from "node:zlib";
import { chromium } from "playwright-core";
import { extract } from "tar";
import { cachedFolder } from "./cache.mjs";
import { unpackPackage } from "./npm.mjs";

const CHROMIUM = {
  name: "@sparticuz/chromium",
  version: "153.0.0",
  sha512: "jiGWqSvPMdu4+P9TilYqAR7yEGPEHINx+lCvE/NqNO/EHYzF/x1hUiI5T6ioVIt7dEy7n88byyT0vk+dnsgQwA==",
};
/** That browser brings one proportional typeface; an editor needs a monospaced one. */
const FONTS = {
  name: "dejavu-fonts-ttf",
  version: "2.37.3",
  sha512: "f1hd7jJbeQa1VWcw+K2KrTXS50zTMaHpVC4XIKJpNcDeYR5ajMtj/iLlQDYNvLOKamUB3ARVVCf79lNwNVztSQ==",
};
const FONT_FILES = /^(LICENSE|ttf\/DejaVuSans(Mono)?(-Bold)?\.ttf)$/;

const FONT_CONFIGURATION = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir prefix="relative">fonts</dir>
  <dir prefix="relative">ttf</dir>
  <cachedir prefix="xdg">fontconfig</cachedir>
  <alias><family>monospace</family><prefer><family>DejaVu Sans Mono</family></prefer></alias>
  <alias><family>sans-serif</family><prefer><family>Open Sans</family><family>DejaVu Sans</family></prefer></alias>
</fontconfig>
`;

const NAMES = [
  "google-chrome",
  "google-chrome-stable",
  "chromium",
  "chromium-browser",
  "microsoft-edge",
  "chrome",
  "msedge",
];

/** What playwright needs to launch one: `{executablePath, args, env}`. @throws Error saying what to install. */
export async function findBrowser(say) {
  // Pictures that look the same on every machine.
  if (process.env.WAVEFLAME_BROWSER === "packaged") return packagedBrowser(say);
  const named = process.env.CHROME_PATH ?? process.env.CHROME_BIN ?? process.env.PUPPETEER_EXECUTABLE_PATH;
  if (named) return ordinary(named);
  for (const path of [...installedPlaces(), chromium.executablePath()]) {
    if (await isExecutable(path)) return ordinary(path);
  }
  if (process.platform === "linux" && process.arch === "x64") return packagedBrowser(say);
  throw new Error("No browser was found: install Chrome, Chromium or Edge, or name one in CHROME_PATH.");
}

function ordinary(executablePath) {
  return { executablePath, args: ["--headless=new", "--no-sandbox"], env: {} };
}

function installedPlaces() {
  const { PATH = "", PROGRAMFILES, LOCALAPPDATA } = process.env;
  const programs = [PROGRAMFILES, process.env["PROGRAMFILES(X86)"], LOCALAPPDATA].filter(Boolean);
  if (process.platform === "win32") {
    return programs.flatMap((folder) => [
      join(folder, "Google", "Chrome", "Application", "chrome.exe"),
      join(folder, "Microsoft", "Edge", "Application", "msedge.exe"),
    ]);
  }
  if (process.platform === "darwin") {
    return ["Google Chrome", "Chromium", "Microsoft Edge"].map((name) =>
      join("/Applications", `${name}.app`, "Contents", "MacOS", name),
    );
  }
  return PATH.split(delimiter).flatMap((folder) => NAMES.map((name) => join(folder, name)));
}

async function isExecutable(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** Only the files of the package: its code unpacks into a shared folder and turns web security off. */
async function packagedBrowser(say) {
  const recipe = [CHROMIUM, FONTS, String(FONT_FILES), FONT_CONFIGURATION];
  const folder = await cachedFolder("chromium", recipe, async (target) => {
    say("Installing a browser for the embedded VS Code (once, about 70 MB)…");
    await unpackPackage(CHROMIUM, target, (path) => path.startsWith("bin/"));
    const bin = join(target, "bin");
    const executable = join(target, "chromium");
    await pipeline(unbrotli(join(bin, "chromium.br")), createWriteStream(executable));
    await chmod(executable, 0o755);
    for (const archive of ["al2023", "fonts", "swiftshader"]) {
      await pipeline(unbrotli(join(bin, `${archive}.tar.br`)), extract({ cwd: target }));
    }
    await rm(bin, { recursive: true });
    await mkdir(join(target, "ttf"), { recursive: true });
    await unpackPackage(FONTS, target, (path) => FONT_FILES.test(path));
    await writeFile(join(target, "fonts.conf"), FONT_CONFIGURATION);
  });
  return {
    executablePath: join(folder, "chromium"),
    args: [
      "--headless",
      "--no-sandbox",
      "--no-zygote",
      "--use-gl=angle",
      "--use-angle=swiftshader",
      "--enable-unsafe-swiftshader",
    ],
    env: {
      LD_LIBRARY_PATH: [folder, join(folder, "lib"), process.env.LD_LIBRARY_PATH]
        .filter(Boolean)
        .join(delimiter),
      FONTCONFIG_FILE: join(folder, "fonts.conf"),
    },
  };
}

function unbrotli(file) {
  const decompress = createBrotliDecompress();
  pipeline(createReadStream(file), decompress).catch((error) => decompress.destroy(error));
  return decompress;
}
