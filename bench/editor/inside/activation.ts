// Runs in the extension host.
import { extensions } from "vscode";
import { editor } from "../../../test/support/editor/remote.ts";
import { RECORDING } from "./names.ts";
import { keepFigure } from "./figuresFile.ts";

describe("Activation", () => {
  it("comes with the first use", async () => {
    const extension = extensions.getExtension("waveflame.waveflame");
    if (!extension) throw new Error("The extension isn't installed.");
    // The explorer is drawn and the menu has been offered: start-up is over.
    await editor.rightClick([RECORDING]);
    await editor.closeMenu();
    keepFigure({ kind: "active early", active: extension.isActive });
    const began = performance.now();
    await extension.activate();
    keepFigure({ kind: "activation", ms: performance.now() - began });
  });
});
