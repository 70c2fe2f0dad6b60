/** The text behind a source line, as the page paints it. */
export interface AfterText {
  readonly text: string;
  /** As computed: `rgb(…)`. */
  readonly color: string;
  readonly italic: boolean;
}

/**
 * What a person does with hands and eyes. The tests run inside the extension host, which has neither: each step is
 * carried out in the page by the runner. A step that waits gives up after a minute, saying what it waited for.
 */
export interface EditorSteps {
  /** Opens the context menu of an entry of the explorer; with several names they are selected together. */
  readonly rightClick: (names: readonly string[]) => Promise<void>;
  /** The entries of the open context menu. */
  readonly menuItems: () => Promise<string[]>;
  readonly chooseMenuItem: (label: string) => Promise<void>;
  readonly closeMenu: () => Promise<void>;
  /** Behind a line (from 1) of the active editor; empty where nothing is. The line must be in view. */
  readonly afterText: (line: number) => Promise<AfterText[]>;
  /** What the hover over a word of the line (from 1) says. */
  readonly hoverText: (line: number, word: string) => Promise<string>;
  /** Of every source that is to be seen, also where the panel has the focus. */
  readonly lenses: () => Promise<string[]>;
  /** Clicks a lens in the row of lenses that also says `neighbour`. */
  readonly clickLens: (neighbour: string, label: string) => Promise<void>;
  /** The lines (from 1) that carry a picture in the margin. */
  readonly markedLines: () => Promise<number[]>;
  /** The text of an entry of the status bar; null where it isn't shown. */
  readonly statusItem: (id: string) => Promise<string | null>;
  readonly clickStatusItem: (id: string) => Promise<void>;
  /** Runs a command by its title, through the command palette. */
  readonly runCommand: (title: string) => Promise<void>;
  /** The titles that the command palette offers for some words. */
  readonly offeredCommands: (words: string) => Promise<string[]>;
  /** The title of the open quick pick; null where none is open. */
  readonly pickTitle: () => Promise<string | null>;
  /** The entries of the open quick pick, each with all of its text. */
  readonly pickItems: () => Promise<string[]>;
  readonly pick: (label: string) => Promise<void>;
  readonly press: (keys: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  /** What the workbench has announced since the last call: notifications and progress. */
  readonly notices: () => Promise<string[]>;
  /** Opens the list of notifications, which hold the progress of what is under way, and stays open. */
  readonly openNotifications: () => Promise<void>;
  /** The open list of notifications, as it is now. */
  readonly notifications: () => Promise<string[]>;
  /** Presses Cancel on the progress in the open list of notifications. */
  readonly cancelProgress: () => Promise<void>;
  /** Of an extension in the open list of running ones: what it says of its activation. */
  readonly activationText: (extension: string) => Promise<string>;
  /** The Problems view's entries. */
  readonly problems: () => Promise<string[]>;
  /** In the webview that holds `selector`: how many elements it matches, once there is one. */
  readonly countInPanel: (selector: string) => Promise<number>;
  readonly textInPanel: (selector: string) => Promise<string[]>;
  readonly clickInPanel: (selector: string, index?: number) => Promise<void>;
  /** Clicks into a picture: `across` from 0 to 1, `down` in pixels. */
  readonly clickPictureInPanel: (selector: string, across: number, down: number) => Promise<void>;
  readonly pressInPanel: (selector: string, keys: string) => Promise<void>;
  readonly fillInPanel: (selector: string, text: string) => Promise<void>;
  /** Writes `test/out/editor/NAME.png`. */
  readonly screenshot: (name: string) => Promise<void>;
}
