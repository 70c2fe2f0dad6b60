/** The text behind a source line, as the page paints it. */
export interface AfterText {
  readonly text: string;
  /** As computed: `rgb(…)`. */
  readonly color: string;
  readonly italic: boolean;
}

/**
 * What a person does with hands and eyes. The tests run inside the extension host, which has neither: each step is
 * carried out in the page by the runner. A step that waits gives up after half a minute, saying what it waited for.
 */
export interface EditorSteps {
  /** Opens the context menu of an entry of the explorer; with several names they are selected together. */
  rightClick(names: readonly string[]): Promise<void>;
  /** The entries of the open context menu. */
  menuItems(): Promise<string[]>;
  chooseMenuItem(label: string): Promise<void>;
  closeMenu(): Promise<void>;
  /** Behind a line (from 1) of the active editor; empty where nothing is. The line must be in view. */
  afterText(line: number): Promise<AfterText[]>;
  /** What the hover over a word of the line (from 1) says. */
  hoverText(line: number, word: string): Promise<string>;
  lenses(): Promise<string[]>;
  clickLens(label: string): Promise<void>;
  /** The lines (from 1) that carry a picture in the margin. */
  markedLines(): Promise<number[]>;
  statusItem(id: string): Promise<string>;
  clickStatusItem(id: string): Promise<void>;
  /** Runs a command by its title, through the command palette. */
  runCommand(title: string): Promise<void>;
  /** The titles that the command palette offers for some words. */
  offeredCommands(words: string): Promise<string[]>;
  pickItems(): Promise<string[]>;
  pick(label: string): Promise<void>;
  press(keys: string): Promise<void>;
  type(text: string): Promise<void>;
  /** What the workbench has announced since the last call: notifications and progress. */
  notices(): Promise<string[]>;
  /** The Problems view's entries. */
  problems(): Promise<string[]>;
  /** In the webview that holds `selector`: how many elements it matches, once there is one. */
  countInPanel(selector: string): Promise<number>;
  textInPanel(selector: string): Promise<string[]>;
  clickInPanel(selector: string, index?: number): Promise<void>;
  pressInPanel(selector: string, keys: string): Promise<void>;
  fillInPanel(selector: string, text: string): Promise<void>;
  /** Writes `test/out/NAME.png`. */
  screenshot(name: string): Promise<void>;
  reload(): Promise<void>;
}
