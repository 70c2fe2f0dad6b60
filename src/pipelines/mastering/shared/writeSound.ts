import { besideFile, fromDecibels, WavWriter, type StageContext } from "waveflame";

const ENCODINGS: Readonly<Record<number, "pcm16" | "pcm24" | "float32">> = {
  16: "pcm16",
  24: "pcm24",
  32: "float32",
};

/** Writes the sound, with a gain, as a WAV file where the parameter `wav` says so. */
export async function writeSound(context: StageContext, gainDb: number): Promise<void> {
  const { file, parameters, sampleRate, channelCount, audio } = context;
  const { wav, bits } = parameters;
  if (typeof wav !== "string" || wav === "") return;
  const encoding = ENCODINGS[Number(bits)];
  if (!encoding) throw new RangeError(`A WAV file of ${String(bits)} bits isn't written: 16, 24 and 32 are`);
  const gain = fromDecibels(gainDb);
  const writer = await WavWriter.create(besideFile(file, wav), { sampleRate, channelCount, encoding });
  try {
    for await (const { channels } of audio()) {
      for (const samples of channels)
        for (let frame = 0; frame < samples.length; frame++) samples[frame] = gain * (samples[frame] ?? 0);
      await writer.write(channels);
    }
    await writer.close();
  } catch (error) {
    await writer.abort();
    throw error;
  }
}
