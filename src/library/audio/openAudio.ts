import { open, type FileHandle } from "node:fs/promises";
import { basename } from "node:path";
import { AudioFileError } from "./audioFileError.ts";
import type { AudioSource } from "./audioSource.ts";
import { recognise } from "./recognise.ts";
import { openWav } from "./wav.ts";

/** Opens a recording by what it holds, not by its name. @throws AudioFileError with one sentence */
export async function openAudio(path: string): Promise<AudioSource> {
  const name = basename(path);
  const file = await openFile(path, name);
  try {
    const head = new Uint8Array(64);
    const { bytesRead } = await file.read(head, 0, head.length, 0);
    if (bytesRead === 0) throw refused(`${name} is empty. Choose a recording that holds audio.`);
    const found = recognise(head.subarray(0, bytesRead));
    if (found.kind === "wav") return await openWav(file, name);
    throw refused(
      found.kind === "other"
        ? `${name} is ${found.name}, which this version doesn't decode. Convert it to WAV and profile that.`
        : `${name} is no audio file that is known here: its first bytes fit no format. Choose a recording.`,
    );
  } catch (error) {
    await file.close();
    throw error;
  }
}

const refused = (sentence: string): AudioFileError => new AudioFileError(sentence);

async function openFile(path: string, name: string): Promise<FileHandle> {
  let file: FileHandle;
  try {
    file = await open(path, "r");
  } catch (error) {
    throw refused(sentenceOf(error, path, name));
  }
  if ((await file.stat()).isDirectory()) {
    await file.close();
    throw refused(`${name} is a folder. Choose a recording in it.`);
  }
  return file;
}

function sentenceOf(error: unknown, path: string, name: string): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  if (code === "ENOENT") return `${path} doesn't exist. Check the path.`;
  if (code === "EISDIR") return `${name} is a folder. Choose a recording in it.`;
  if (code === "EACCES" || code === "EPERM") return `${name} may not be read. Check its permissions.`;
  return `${name} can't be opened: ${error instanceof Error ? error.message : String(error)}.`;
}
