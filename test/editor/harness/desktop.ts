import { access, realpath } from "node:fs/promises";
import { delimiter, dirname, join, resolve } from "node:path";
import { downloadAndUnzipVSCode } from "@vscode/test-electron";

/**
 * The executable of a desktop VS Code: the one WAVEFLAME_VSCODE names (`download` fetches it into the folder, `embedded` wants none),
 * or the one whose `code` is on the PATH. Null where there is none, or no display to show it on.
 */
export async function findDesktopEditor(downloads: string): Promise<string | null> {
  const wanted = process.env["WAVEFLAME_VSCODE"];
  if (wanted === "embedded") return null;
  if (wanted === "download") return downloadAndUnzipVSCode({ version: "stable", cachePath: downloads });
  if (wanted) return wanted;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return null;
  for (const folder of (process.env["PATH"] ?? "").split(delimiter)) {
    const executable = await executableBehind(
      join(folder, process.platform === "win32" ? "code.cmd" : "code"),
    );
    if (executable) return executable;
  }
  return null;
}

/** `code` itself is a script that runs the editor's command line. */
async function executableBehind(script: string): Promise<string | null> {
  const real = await realpath(script).catch(() => null);
  if (real === null) return null;
  const bin = dirname(real);
  const places = {
    darwin: resolve(bin, "../../../MacOS/Electron"),
    win32: resolve(bin, "../Code.exe"),
    linux: resolve(bin, "../code"),
  };
  const place = places[process.platform as keyof typeof places];
  return access(place).then(
    () => place,
    () => null,
  );
}
