import { join } from "node:path";
import type { ExtensionContext } from "vscode";

/** What ships with the extension, by where it lies; absolute. */
export interface OwnFiles {
  readonly version: string;
  /** dist/engine/engine.js */
  readonly engine: string;
  /** dist/webview */
  readonly webview: string;
  /** dist/library/waveflame.d.ts */
  readonly libraryTypes: string;
  /** dist/pipelines */
  readonly pipelines: string;
  /** media/sample */
  readonly sample: string;
  /** A folder to write into, for what belongs to no workspace. */
  readonly storage: string;
}

export function ownFilesOf(context: ExtensionContext): OwnFiles {
  const own = (...path: string[]): string => join(context.extensionPath, ...path);
  const { version } = context.extension.packageJSON as { readonly version: string };
  return {
    version,
    engine: own("dist", "engine", "engine.js"),
    webview: own("dist", "webview"),
    libraryTypes: own("dist", "library", "waveflame.d.ts"),
    pipelines: own("dist", "pipelines"),
    sample: own("media", "sample"),
    storage: context.globalStorageUri.fsPath,
  };
}
