import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AudioFileError, openAudioFile, type DecodeProblem } from "waveflame";
import { randomFrom } from "../../src/client/sample/audio/random.ts";
import { aiffFile } from "../support/aiffFile.ts";
import { decodeAll, fixtureBytes } from "../support/audioFixtures.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";
import { wavFile } from "../support/wavFile.ts";

const CORRUPTIONS = 100;
const MOST_FLIPS = 20;

const WHOLE: Readonly<Record<string, () => Uint8Array>> = {
  WAV: () => wavFile({ channels: 2, sample: (frame) => Math.sin(frame / 9) / 2 }),
  AIFF: () => aiffFile({ bits: 16, frames: 4000, sample: (frame) => Math.sin(frame / 9) / 2 }),
  MP3: () => fixtureBytes("stereo.mp3"),
  FLAC: () => fixtureBytes("short.flac"),
  "Ogg Vorbis": () => fixtureBytes("stereo.ogg"),
  "Ogg Opus": () => fixtureBytes("stereo.opus"),
};

/** Cut off, with bits turned over, or both: another one for each number, the same each time. */
function corrupted(whole: Uint8Array, number: number): Uint8Array {
  const random = randomFrom(number + 1);
  const isCut = number % 3 !== 0;
  const bytes = Buffer.from(isCut ? whole.subarray(0, Math.floor(random() * whole.length)) : whole);
  const flips = number % 3 === 1 || bytes.length === 0 ? 0 : 1 + Math.floor(random() * MOST_FLIPS);
  for (let flip = 0; flip < flips; flip++) {
    const at = Math.floor(random() * bytes.length);
    bytes[at] = bytes[at]! ^ (1 << Math.floor(random() * 8));
  }
  return bytes;
}

describe("A damaged audio file", () => {
  const folder = temporaryFolder();
  const opened = async (bytes: Uint8Array): Promise<Awaited<ReturnType<typeof decodeAll>>> => {
    const path = join(folder.path, "damaged");
    writeFileSync(path, bytes);
    return decodeAll(await openAudioFile(path));
  };

  for (const [format, whole] of Object.entries(WHOLE)) {
    const isCompressed = format !== "WAV" && format !== "AIFF";

    it(`of ${format} gives a sentence or ${isCompressed ? "sound that is marked" : "sound"}, ${CORRUPTIONS} times`, async () => {
      const bytes = whole();
      let unmarked = 0;
      for (let number = 0; number < CORRUPTIONS; number++) {
        try {
          const { frames, problems } = await opened(corrupted(bytes, number));
          assert.ok(frames > 0);
          if (problems.length === 0) unmarked += 1;
        } catch (error) {
          assert.ok(error instanceof AudioFileError, `Corruption ${number}: ${String(error)}`);
          assert.match(error.message, /^[^\n]+\. [A-Z][^\n]+\.$/);
        }
      }
      // What isn't covered by a checksum, as a bit of a tag, can't be told.
      if (isCompressed) assert.ok(unmarked <= CORRUPTIONS / 20, `${unmarked} corruptions weren't noticed.`);
    });

    it(`of ${format} that is cut off ${isCompressed ? "is decoded until there and marked" : "is refused"}`, async () => {
      const bytes = whole();
      const half = opened(bytes.subarray(0, Math.floor(bytes.length * 0.7)));
      if (!isCompressed) return assert.rejects(half, /damaged is truncated: its header promises/);
      const { frames, problems } = await half;
      assert.ok(frames > 0);
      const texts = problems.map(({ what }: DecodeProblem) => what).join("; ");
      assert.match(texts, /cut off|ends (before|after)|a frame is damaged/);
    });
  }

  it("of MP3 with foreign bytes in the middle is decoded around them, and says where they are", async () => {
    const bytes = fixtureBytes("stereo.mp3");
    const middle = Math.floor(bytes.length / 2);
    const foreign = Buffer.alloc(700, "not a frame ");
    const { frames, problems } = await opened(
      Buffer.concat([bytes.subarray(0, middle), foreign, bytes.subarray(middle)]),
    );
    // Two frames of 576 samples at most are lost.
    assert.ok(Math.abs(frames - 33_075) <= 3 * 576, String(frames));
    assert.equal(problems[0]?.what, "bytes that are no frame");
    assert.ok(Math.abs(problems[0].time - 0.75) < 0.1, String(problems[0].time));
  });

  it("of FLAC keeps the times behind a damaged frame", async () => {
    const bytes = Buffer.from(fixtureBytes("short.flac"));
    const { channels: sound } = await opened(bytes);
    const middle = Math.floor(bytes.length / 2);
    bytes[middle] = bytes[middle]! ^ 0x10;
    const { frames, channels, problems } = await opened(bytes);
    assert.equal(frames, 4410);
    assert.equal(problems.length, 1);
    assert.equal(problems[0]!.what, "a frame is damaged");
    const different = sound[0]!.findIndex((sample, frame) => sample !== channels[0]![frame]);
    assert.equal(different % 576, 0);
    // One frame of 576 is silent, and what comes behind is where it was.
    assert.deepEqual(channels[0]!.subarray(different + 576), sound[0]!.subarray(different + 576));
  });
});
