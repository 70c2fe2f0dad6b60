import type { Part } from "./dom.ts";

/** Text that breaks behind its slashes before it breaks anywhere else. */
export function addPath(host: Part, path: string): void {
  path.split(/(?<=\/)/).forEach((part, index) => {
    if (index > 0) host.append("wbr");
    host.append("span").text(part);
  });
}
