// Runs in the extension host.
import { commands, extensions } from "vscode";
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
    const answeredMs = performance.now() - began;
    await commands.executeCommand("workbench.action.showRuntimeExtensions");
    const text = await editor.activationText("Waveflame");
    const counted = /Activation: (\d+)ms/.exec(text)?.[1];
    if (counted === undefined) throw new Error(`The list of running extensions says "${text}".`);
    keepFigure({ kind: "activation", ms: Number(counted), answeredMs });
  });
});
