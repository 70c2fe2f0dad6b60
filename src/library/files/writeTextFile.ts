import { Draft } from "./draft.ts";
import type { FileMark } from "./mayReplace.ts";
import { WriteError } from "./writeError.ts";

/**
 * Writes a text; under its name only when it is whole, so that a full disk leaves nothing half-written.
 * @param own what marks files that may be replaced; any may where it isn't given
 * @throws WriteError
 */
export async function writeTextFile(path: string, text: string, own?: FileMark): Promise<void> {
  try {
    const draft = await Draft.create(path);
    await draft.file.writeFile(text).catch(async (error: unknown) => {
      await draft.discard();
      throw error;
    });
    await draft.complete(own);
  } catch (error) {
    throw await WriteError.of(error, path);
  }
}
