import assert from "node:assert/strict";
import { truncateSync } from "node:fs";
import { join } from "node:path";
import { spool, type SpoolOptions } from "../../src/engine/audio/spool.ts";
import type { AudioFile } from "../../src/library/audio/audioFile.ts";
import { openAudioFile } from "../../src/library/audio/openAudioFile.ts";
import { audioReferences, fixturePath } from "../support/audioFixtures.ts";
import { onFullDisk } from "../support/fullDisk.ts";
import { temporaryFolder } from "../support/temporaryFolder.ts";

const VARIABLE = process.platform === "win32" ? "TEMP" : "TMPDIR";

describe("Decoding ahead of the workers", () => {
  const folder = temporaryFolder();
  const options = (): SpoolOptions => ({
    workFolder: join(folder.path, "work"),
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });

  it("lets segments start anywhere", async () => {
    const source = await spool(await openAudioFile(fixturePath("stereo.ogg")), options());
    const { frames, every = 1, samples = [] } = audioReferences()["stereo.ogg"]!;
    assert.equal(source.frames, frames);
    for (const index of [300, 7, 200]) {
      const [left, right] = await source.read(index * every, 10);
      assert.equal(left!.length, 10);
      assert.ok(Math.abs(left![0]! - samples[index]![0]!) < 1e-4);
      assert.ok(Math.abs(right![0]! - samples[index]![1]!) < 1e-4);
    }
    await source.close();
  });

  it("tells a share of the file that grows to its end", async () => {
    const shares: (number | null)[] = [];
    const onProgress = (_: number, share: number | null): number => shares.push(share);
    const source = await spool(await openAudioFile(fixturePath("stereo.mp3")), { ...options(), onProgress });
    await source.close();
    const known = shares.filter((share) => share !== null);
    assert.ok(known.length > 1);
    assert.deepEqual(
      known,
      known.toSorted((a, b) => a - b),
    );
    assert.ok(known.at(-1)! > 0.9 && known.at(-1)! <= 1);
  });

  it("on a full disk says so, and what to do", async () => {
    const work = options();
    const file = await openAudioFile(fixturePath("stereo.mp3"));
    await assert.rejects(
      onFullDisk(50_000, () => spool(file, work)),
      {
        name: "AudioFileError",
        message: `There isn't room enough in ${work.workFolder} for the decoded sound of stereo.mp3: the disk is full. Make room there, or point ${VARIABLE} to another disk.`,
      },
    );
  });

  it("counts every place that couldn't be decoded, and keeps the first", async () => {
    const damaged: AudioFile = {
      ...{ name: "damaged.mp3", sampleRate: 8000, channelCount: 1, encoding: "MP3", frames: null },
      async *decode({ onProblem } = {}) {
        for (let time = 0; time < 20_000; time++) onProblem?.({ time, what: `place ${time}`, isEnd: false });
        yield [new Float32Array(100)];
        await Promise.resolve();
      },
      close: () => Promise.resolve(),
    };
    const source = await spool(damaged, options());
    await source.close();
    assert.deepEqual(source.problems, {
      places: 20_000,
      first: { time: 0, what: "place 0", isEnd: false },
      endsEarly: false,
      promised: null,
    });
  });

  it("takes what follows at once for one place, and tells a sound that ends early", async () => {
    const cut: AudioFile = {
      ...{ name: "cut.mp3", sampleRate: 8000, channelCount: 1, encoding: "MP3", frames: 24_000 },
      async *decode({ onProblem } = {}) {
        for (const time of [0.5, 0.6, 0.7, 0.8, 1.4])
          onProblem?.({ time, what: "a frame is damaged", isEnd: false });
        yield [new Float32Array(12_000)];
        await Promise.resolve();
        onProblem?.({ time: 1.5, what: "the end is missing", isEnd: true });
      },
      close: () => Promise.resolve(),
    };
    const source = await spool(cut, options());
    await source.close();
    const first = { time: 0.5, what: "a frame is damaged", isEnd: false };
    assert.deepEqual(source.problems, { places: 3, first, endsEarly: true, promised: 3 });
  });

  it("never takes silence for what somebody has removed meanwhile", async () => {
    const work = options();
    const source = await spool(await openAudioFile(fixturePath("short.flac")), work);
    truncateSync(join(work.workFolder, "decoded.f32"), 100);
    await assert.rejects(source.read(0, 1000), /was removed or cut while it was needed/);
    await source.close();
  });
});
