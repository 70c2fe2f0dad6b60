import type { Translate } from "../../client/translate.ts";
import type { Runtime } from "../../core/run/run.ts";

/** `Node 24.21.0 from the PATH` */
export function runtimeInWords({ source, node }: Runtime, t: Translate): string {
  switch (source) {
    case "path":
      return t("Node {0} from the PATH", node);
    case "editor":
      return t("Node {0} of the editor", node);
    case "setting":
      return t("Node {0} named in the settings", node);
    case "command line":
      return t("Node {0} of the command line", node);
    case "checkout":
      return t("Node {0} of the checkout of Waveflame", node);
  }
}
