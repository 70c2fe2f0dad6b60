import { Draft } from "./draft.ts";
import { writeProblem } from "./writeProblem.ts";

/**
 * Writes a text; under its name only when it is whole, so that a full disk leaves nothing half-written.
 * @throws Error with one sentence where nothing can be written there
 */
export async function writeTextFile(path: string, text: string): Promise<void> {
  try {
    const draft = await Draft.create(path);
    await draft.file.writeFile(text).catch(async (error: unknown) => {
      await draft.discard();
      throw error;
    });
    await draft.complete();
  } catch (error) {
    throw new Error(await writeProblem(error, path), { cause: error });
  }
}
