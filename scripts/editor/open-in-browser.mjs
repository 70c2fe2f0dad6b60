// Opens an address in the user's browser where there is a display to show it on.
import { spawn } from "node:child_process";

export function openInBrowser(url) {
  const { DISPLAY, WAYLAND_DISPLAY, SSH_CONNECTION, CI } = process.env;
  if (CI || SSH_CONNECTION) return;
  if (process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) return;
  const [command, ...args] = {
    win32: ["rundll32", "url.dll,FileProtocolHandler"],
    darwin: ["open"],
  }[process.platform] ?? ["xdg-open"];
  const child = spawn(command, [...args, url], { stdio: "ignore", detached: true });
  // The address is printed as well, so a missing opener is no failure.
  child.once("error", () => {});
  child.unref();
}
