import { join } from "node:path";

/** Where a program of this system keeps what belongs to a user. */
export function userStorage(
  platform: NodeJS.Platform,
  home: string,
  env: Readonly<Record<string, string | undefined>>,
): string {
  if (platform === "win32") return join(env["LOCALAPPDATA"] ?? join(home, "AppData", "Local"), "waveflame");
  if (platform === "darwin") return join(home, "Library", "Application Support", "waveflame");
  return join(env["XDG_DATA_HOME"] ?? join(home, ".local", "share"), "waveflame");
}
