import { besideFile, WavWriter, type Block, type StageContext } from "waveflame";

/** Writes the sound as a WAV file where the parameter `wav` says so. @param change is given each block before it is written */
export async function writeOutput(context: StageContext, change: (block: Block) => void): Promise<void> {
  const { file, parameters, sampleRate, channelCount, audio } = context;
  const path = String(parameters["wav"] ?? "");
  if (path === "") return;
  const encoding = parameters["bits"] === 16 ? "pcm16" : parameters["bits"] === 32 ? "float32" : "pcm24";
  const writer = await WavWriter.create(besideFile(file, path), { sampleRate, channelCount, encoding });
  try {
    for await (const block of audio()) {
      change(block);
      await writer.write(block.channels);
    }
    await writer.close();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
