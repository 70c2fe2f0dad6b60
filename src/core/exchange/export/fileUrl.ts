import { isAbsoluteRunPath, runPath } from "../../names/paths.ts";

/**
 * `file:///home/me/level.ts`, as tools that open sources want it.
 *
 * @param file as a run names it; a relative one stays as it is where there is no folder, and so does what is a URL already
 */
export function fileUrl(file: string, folder: string | null): string {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(file)) return file;
  const inFolder = !isAbsoluteRunPath(file);
  if (inFolder && folder === null) return file;
  const path = inFolder ? `${runPath(folder ?? "", null).replace(/\/$/, "")}/${file}` : file;
  const encoded = path
    .split("/")
    .map((part, index) => (/^[A-Z]:$/.test(part) && index === 0 ? part : encodeURIComponent(part)))
    .join("/");
  if (encoded.startsWith("//")) return `file:${encoded}`;
  return encoded.startsWith("/") ? `file://${encoded}` : `file:///${encoded}`;
}
