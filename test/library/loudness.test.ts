import assert from "node:assert/strict";
import { frequencyResponse, kWeighting, LoudnessMeter, measureLoudness, TruePeakMeter } from "waveflame";
import { concatenated, inBlocks, noise, sine } from "../support/signals.ts";

const close = (actual: number, expected: number, tolerance: number): void =>
  assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} isn't ${expected} ± ${tolerance}`);

/** 1 kHz at levels in dB relative to full scale, for so many seconds each. */
const tones = (
  levels: readonly (readonly [levelDb: number, seconds: number])[],
  rate = 48000,
): Float32Array =>
  concatenated(
    levels.map(([levelDb, seconds]) => sine(1000, rate, Math.round(seconds * rate), 10 ** (levelDb / 20))),
  );

const repeated = <T>(times: number, items: readonly T[]): T[] =>
  Array.from({ length: times }, () => items).flat();

describe("K-weighting", () => {
  it("has the standard's coefficients at 48 kHz", () => {
    const [shelf, highpass] = kWeighting(48000);
    close(shelf!.b0, 1.53512485958697, 1e-13);
    close(shelf!.b1, -2.69169618940638, 1e-13);
    close(shelf!.b2, 1.19839281085285, 1e-13);
    close(shelf!.a1, -1.69065929318241, 1e-13);
    close(shelf!.a2, 0.73248077421585, 1e-13);
    close(highpass!.a1, -1.99004745483398, 1e-13);
    close(highpass!.a2, 0.99007225036621, 1e-13);
  });

  it("weighs the same at other rates", () => {
    for (const rate of [8000, 16000, 44100, 96000, 192000]) {
      for (const frequencyHz of [20, 100, 1000, 2000, 3000]) {
        const here = frequencyResponse(kWeighting(rate), frequencyHz, rate).magnitude;
        const standard = frequencyResponse(kWeighting(48000), frequencyHz, 48000).magnitude;
        close(20 * Math.log10(here / standard), 0, rate < 44100 ? 0.3 : 0.02);
      }
    }
  });
});

describe("A loudness meter", () => {
  it("says when the sample rate is too low for its filter", () => {
    assert.throws(
      () => new LoudnessMeter({ sampleRate: 2000 }),
      /A filter at 1681\.\d+ Hz can't be made at a sample rate of 2000 Hz/,
    );
  });

  // EBU Tech 3341, table 1; the tolerance is the table's.
  const INTEGRATED = {
    "1: −23 dBFS": { channels: repeated(2, [tones([[-23, 20]])]), loudness: -23 },
    "2: −33 dBFS": { channels: repeated(2, [tones([[-33, 20]])]), loudness: -33 },
    "3: quiet before and after": {
      channels: repeated(2, [
        tones([
          [-36, 10],
          [-23, 60],
          [-36, 10],
        ]),
      ]),
      loudness: -23,
    },
    "4: quieter still": {
      channels: repeated(2, [
        tones([
          [-72, 10],
          [-36, 10],
          [-23, 60],
          [-36, 10],
          [-72, 10],
        ]),
      ]),
      loudness: -23,
    },
    "5: three levels": {
      channels: repeated(2, [
        tones([
          [-26, 20],
          [-20, 20.1],
          [-26, 20],
        ]),
      ]),
      loudness: -23,
    },
    "6: five channels": {
      channels: [-28, -28, -24, -30, -30].map((levelDb) => tones([[levelDb, 20]])),
      loudness: -23,
    },
  };
  for (const [name, { channels, loudness }] of Object.entries(INTEGRATED)) {
    it(`measures EBU Tech 3341, case ${name}`, () => {
      const measured = measureLoudness(channels, { sampleRate: 48000 });
      close(measured.integrated, loudness, 0.1);
    });
  }

  it("measures a tone of −23 dBFS at any rate, in momentary and short-term loudness, too", () => {
    for (const rate of [8000, 11025, 44100, 96000, 192000]) {
      const tone = tones([[-23, 4]], rate);
      const meter = new LoudnessMeter({ sampleRate: rate, channels: 2 });
      inBlocks([tone, tone], 1000, (block) => meter.push(block));
      for (const loudness of [meter.momentary, meter.shortTerm, meter.integrated]) {
        close(loudness, -23, rate < 44100 ? 0.3 : 0.1);
      }
    }
  });

  it("gives a tone of 0 dBFS in one channel −3.01 LUFS", () => {
    const tone = sine(997, 48000, 48000 * 4);
    for (const channels of [[tone], [tone, new Float32Array(tone.length)]]) {
      close(measureLoudness(channels, { sampleRate: 48000 }).integrated, -3.01, 0.01);
    }
  });

  it("holds the short-term loudness still in case 9, and the momentary in case 12", () => {
    const nine = tones(repeated(5, [[-20, 1.34] as const, [-30, 1.66] as const]));
    const shortTerm = new LoudnessMeter({ sampleRate: 48000, channels: 2 });
    let seconds = 0;
    inBlocks([nine, nine], 4800, (block) => {
      shortTerm.push(block);
      seconds += 0.1;
      if (seconds > 3.05) close(shortTerm.shortTerm, -23, 0.1);
    });
    const twelve = tones(repeated(25, [[-20, 0.18] as const, [-30, 0.22] as const]));
    const momentary = new LoudnessMeter({ sampleRate: 48000, channels: 2 });
    seconds = 0;
    inBlocks([twelve, twelve], 4800, (block) => {
      momentary.push(block);
      seconds += 0.1;
      if (seconds > 1.05) close(momentary.momentary, -23, 0.1);
    });
    close(momentary.loudestMomentary, -23, 0.1);
  });

  // EBU Tech 3342, table 1; the tolerance is the table's.
  const RANGES = [
    [10, [-20, -30]],
    [5, [-20, -15]],
    [20, [-40, -20]],
    [15, [-50, -35, -20, -35, -50]],
  ] as const;
  for (const [range, levels] of RANGES) {
    it(`measures a loudness range of ${range} LU (EBU Tech 3342)`, () => {
      const tone = tones(levels.map((levelDb) => [levelDb, 20] as const));
      close(measureLoudness([tone, tone], { sampleRate: 48000 }).range, range, 1);
    });
  }

  it("gives ffmpeg's figures for noise that swells", () => {
    const left = noise(44100 * 12, 1).map((x, i) => x * (0.05 + 0.4 * Math.abs(Math.sin(i / 44100))));
    const right = noise(44100 * 12, 2).map((x, i) => x * (i % 88200 < 44100 ? 0.3 : 0.02));
    const measured = measureLoudness([left, right], { sampleRate: 44100 });
    // ffmpeg 5.1, -af ebur128=peak=true
    close(measured.integrated, -9.5, 0.1);
    close(measured.range, 0.8, 0.1);
    close(measured.truePeakDb, -1.7, 0.2);
  });

  it("goes on after samples that are no numbers", () => {
    const tone = tones([[-23, 20]]);
    tone.set([NaN, Infinity], 48000);
    const { integrated, truePeakDb } = measureLoudness([tone, tone], { sampleRate: 48000 });
    close(integrated, -23, 0.1);
    assert.equal(truePeakDb, Infinity);
  });

  it("is −∞ for silence, and for less than 400 ms", () => {
    const silent = measureLoudness([new Float32Array(48000)], { sampleRate: 48000 });
    assert.deepEqual(silent, { integrated: -Infinity, range: 0, truePeakDb: -Infinity });
    const short = measureLoudness([sine(1000, 48000, 19199)], { sampleRate: 48000 });
    assert.equal(short.integrated, -Infinity);
    assert.ok(measureLoudness([sine(1000, 48000, 19200)], { sampleRate: 48000 }).integrated > -4);
  });

  // BS.1770-5: a channel from 60° to 120° counts 1.5 dB more; where WAV's channels stand, in degrees; null for the bass.
  const PLACES: Readonly<Record<string, readonly (number | null)[]>> = {
    stereo: [-30, 30],
    quadrophonic: [-30, 30, -110, 110],
    "5.0": [-30, 30, 0, -110, 110],
    "5.1": [-30, 30, 0, null, -110, 110],
    "6.1": [-30, 30, 0, null, 180, -90, 90],
    "7.1": [-30, 30, 0, null, -150, 150, -90, 90],
  };
  for (const [layout, places] of Object.entries(PLACES)) {
    it(`weighs each channel of ${layout} by where it stands, left as right`, () => {
      const tone = tones([[-23, 2]]);
      const quiet = new Float32Array(tone.length);
      const only = (index: number): number =>
        measureLoudness(
          places.map((_, channel) => (channel === index ? tone : quiet)),
          { sampleRate: 48000 },
        ).integrated;
      const front = only(0);
      for (const [index, degrees] of places.entries()) {
        if (degrees === null) {
          assert.equal(only(index), -Infinity);
          continue;
        }
        const isBeside = Math.abs(degrees) >= 60 && Math.abs(degrees) <= 120;
        close(only(index), front + (isBeside ? 1.49 : 0), 0.01);
        const mirrored = places.indexOf(-degrees);
        if (mirrored >= 0) assert.equal(only(index), only(mirrored));
      }
    });
  }

  it("leaves out the LFE channel and says when the weights don't fit", () => {
    const tone = tones([[-23, 2]]);
    const quiet = new Float32Array(tone.length);
    const withLfe = [quiet, quiet, quiet, tone, quiet, quiet];
    assert.equal(measureLoudness(withLfe, { sampleRate: 48000 }).integrated, -Infinity);
    assert.throws(
      () => new LoudnessMeter({ sampleRate: 48000, channels: 2, channelWeights: [1] }),
      /A loudness meter for 2 channel\(s\) was given 1 channel weights: give one for each\./,
    );
  });
});

describe("A true-peak meter", () => {
  // EBU Tech 3341, cases 15 to 19: a quarter, a sixth and an eighth of the sample rate; tolerance +0.2 / −0.4 dB.
  const CASES = [
    [4, 0.5, 0, -6],
    [4, 0.5, 45, -6],
    [6, 0.5, 60, -6],
    [8, 0.5, 67.5, -6],
    [4, 1.41, 45, 3],
  ] as const;
  for (const [divisor, amplitude, degrees, expected] of CASES) {
    it(`reads ${expected} dBTP of a tone at fs / ${divisor}, ${degrees}° off`, () => {
      for (const compiled of [false, true]) {
        const tone = sine(48000 / divisor, 48000, 4800, amplitude, (degrees * Math.PI) / 180);
        // Faded in and out, as its sudden begin would overshoot.
        const faded = tone.map((x, i) => x * Math.min(1, i / 480, (4799 - i) / 480));
        const meter = new TruePeakMeter({ compiled });
        inBlocks([faded], 100, (block) => meter.push(block));
        meter.finish();
        assert.ok(meter.peakDb <= expected + 0.2 && meter.peakDb >= expected - 0.4, `${meter.peakDb}`);
      }
    });
  }

  it("never reads less than the largest sample", () => {
    const samples = noise(5000);
    const meter = new TruePeakMeter();
    meter.push([samples]);
    meter.finish();
    assert.ok(meter.peak >= Math.max(...samples.map(Math.abs)));
  });
});
