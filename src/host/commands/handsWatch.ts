import { Disposable, TextEditorSelectionChangeKind, window, workspace } from "vscode";

/** Tells whether a person has typed or gone somewhere in the code meanwhile: then nothing may take the keyboard away. */
export interface HandsWatch {
  readonly moved: boolean;
  dispose(): void;
}

export function watchHands(): HandsWatch {
  let moved = false;
  const subscriptions = Disposable.from(
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      moved ||= contentChanges.length > 0 && document === window.activeTextEditor?.document;
    }),
    window.onDidChangeTextEditorSelection(({ kind }) => {
      moved ||=
        kind === TextEditorSelectionChangeKind.Keyboard || kind === TextEditorSelectionChangeKind.Mouse;
    }),
  );
  return {
    get moved() {
      return moved;
    },
    dispose: () => void subscriptions.dispose(),
  };
}
