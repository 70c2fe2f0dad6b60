import type { EditorSteps } from "./editorSteps.ts";

/** Where the runner listens, handed to the extension host by its environment. */
export const ADDRESS_VARIABLE = "WAVEFLAME_TEST_ADDRESS";
export const KEY_VARIABLE = "WAVEFLAME_TEST_KEY";

/** Asks the runner. @throws Error with the sentence of the step that failed. */
export async function ask(path: string, body: unknown): Promise<unknown> {
  const response = await fetch(`${needed(ADDRESS_VARIABLE)}/${path}`, {
    method: "POST",
    headers: { authorization: needed(KEY_VARIABLE), "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(text);
  return text === "" ? undefined : (JSON.parse(text) as unknown);
}

/** The page, for tests inside the extension host. */
export const editor: EditorSteps = new Proxy({} as EditorSteps, {
  get:
    (_, step: string) =>
    (...args: unknown[]) =>
      ask(`step/${step}`, args),
});

function needed(variable: string): string {
  const value = process.env[variable];
  if (value === undefined)
    throw new Error(`${variable} isn't set: start these tests with npm test -- editor.`);
  return value;
}
