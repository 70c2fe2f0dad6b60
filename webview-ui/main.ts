import { Channel } from "../src/protocol/channel.ts";
import type { Message, Port } from "../src/protocol/channel.ts";
import type { PanelHostMethods, PanelPageMethods } from "../src/protocol/panel.ts";
import { drawPage } from "./page/page.ts";
import { watchTheme } from "./theme/theme.ts";

interface EditorApi {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): EditorApi;

function portTo(editor: EditorApi): Port {
  return {
    post: (message) => editor.postMessage(message),
    listen: (receive) =>
      window.addEventListener("message", (event: MessageEvent<Message>) => receive(event.data)),
  };
}

function start(app: HTMLElement): void {
  const page = drawPage(app, watchTheme(document), {
    openSource: (place) => host.tell("openSource", place),
    runAgain: () => host.tell("runAgain", null),
    moved: (place) => host.tell("moved", place),
  });
  const ours: PanelPageMethods = { show: page.show, reveal: page.reveal };
  const host = new Channel<PanelHostMethods>(portTo(acquireVsCodeApi()), ours);
  host.call("ready", null).then(page.show, (error: unknown) => {
    const reason = error instanceof Error ? error.message : String(error);
    page.show({
      kind: "missing",
      text: `The editor didn't give the run (${reason}). Close this panel and open the run again.`,
    });
  });
}

const app = document.getElementById("app");
if (app) start(app);
