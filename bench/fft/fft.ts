import type { Benchmark, BenchmarkSetting } from "../bench.ts";
import { boundedFigure, median, plainFigure, unmeasuredFigure, type Figure } from "../report/figure.ts";
import { FFTW, fftw, numpy, own, signal, SIZE, type Contestant } from "./contestant.ts";

const ROUNDS = { quick: 15, usual: 401, full: 4001 };
const WARM_UPS = 20;
/** Some milliseconds: long beside the clock and the message to a peer, short beside what disturbs a machine. */
const TRANSFORMS = 2048;
const BATCH = 256;
/** Of FFTW's time. */
const BOUND = 1.5;
/** Bins are some tens; single precision is exact to less. */
const SAME = 1e-3;

/** The real FFT of 2048 samples beside FFTW's and NumPy's, in turns, copying in and out included. */
export const fft: Benchmark = async (setting) => {
  const ours = await ownContestants();
  const peers = await peerContestants(setting);
  const all = [...ours, ...peers];
  for (const { name, bins } of all) checkBins(name, bins, all[0]?.bins ?? []);
  try {
    return figuresOf(await timesOf(all, setting));
  } finally {
    for (const peer of peers) peer.close?.();
  }
};

const SINGLE = "RealFft.forward";
const BATCHED = `BatchFft.forward, ${BATCH} signals a call`;
const ONE_BY_ONE = `RealFft.forward, ${BATCH} signals one by one`;
const POWERS = "RealFft.powerSpectrum";
const DOUBLE = 'RealFft.forward, "double": our TypeScript';

/** Loaded only now, since the benchmark has just built it. */
async function ownContestants(): Promise<Contestant[]> {
  const { BatchFft, RealFft } = await import("waveflame");
  const frame = signal();
  const single = new RealFft(SIZE);
  const double = new RealFft(SIZE, { precision: "double" });
  const batch = new BatchFft(SIZE);
  const spectrum = single.forward(frame);
  const precise = double.forward(frame);
  const powers = single.powerSpectrum(frame);
  const signals = new Float32Array(BATCH * SIZE);
  for (let row = 0; row < BATCH; row += 1) signals.set(frame, row * SIZE);
  const spectra = batch.forward(signals);
  const rows = Array.from({ length: BATCH }, (_, row) => ({
    samples: signals.subarray(row * SIZE, (row + 1) * SIZE),
    bins: spectra.subarray(row * spectrum.length, (row + 1) * spectrum.length),
  }));
  const oneByOne = (): void => {
    for (const { samples, bins } of rows) single.forward(samples, bins);
  };
  return [
    own(SINGLE, spectrum, () => single.forward(frame, spectrum)),
    own(BATCHED, spectra.slice(-spectrum.length), () => batch.forward(signals, spectra), BATCH),
    own(ONE_BY_ONE, spectra, oneByOne, BATCH),
    own(POWERS, spectrum, () => single.powerSpectrum(frame, powers)),
    own(DOUBLE, precise, () => double.forward(frame, precise)),
  ];
}

async function peerContestants({ folder, say }: BenchmarkSetting): Promise<Contestant[]> {
  const found = [await fftw(folder), await numpy(1), await numpy(BATCH)];
  if (found[1] === null) say("No NumPy here (python3-numpy).");
  return found.filter((peer) => peer !== null);
}

function checkBins(name: string, bins: readonly number[], expected: readonly number[]): void {
  const isSame = expected.every((value, at) => Math.abs(value - (bins[at] ?? NaN)) < SAME);
  if (!isSame)
    throw new Error(`${name} transforms something else: ${bins.join(", ")} for ${expected.join(", ")}.`);
}

/** Nanoseconds of one transform, round by round, each contestant once a round. */
async function timesOf(
  contestants: readonly Contestant[],
  { extent, say }: BenchmarkSetting,
): Promise<Map<string, number[]>> {
  const times = new Map(contestants.map(({ name }) => [name, [] as number[]]));
  say(`${ROUNDS[extent]} rounds of ${TRANSFORMS} transforms each`);
  for (let round = -WARM_UPS; round < ROUNDS[extent]; round += 1) {
    // Neighbours take turns in going first.
    for (const contestant of round % 2 === 0 ? contestants : contestants.toReversed()) {
      const took = await contestant.run(TRANSFORMS);
      if (round >= 0) times.get(contestant.name)?.push(took / TRANSFORMS);
    }
  }
  return times;
}

function figuresOf(times: ReadonlyMap<string, readonly number[]>): Figure[] {
  const figures = [...times].map(([name, values]) =>
    plainFigure(`${name}, one transform of ${SIZE}`, median(values) / 1000, "µs"),
  );
  const ratio = (name: string, other: string): number =>
    median((times.get(name) ?? []).map((value, round) => value / (times.get(other)?.[round] ?? NaN)));
  const batched = ratio(BATCHED, ONE_BY_ONE);
  figures.push(plainFigure("BatchFft.forward ÷ RealFft.forward one by one, median of pairs", batched, "×"));
  const name = `${SINGLE} ÷ FFTW, median of pairs`;
  const bound = `≤ ${BOUND}×`;
  const toFftw = ratio(SINGLE, FFTW);
  figures.push(
    times.has(FFTW)
      ? boundedFigure(name, toFftw, "×", bound, toFftw <= BOUND)
      : unmeasuredFigure(name, "×", bound, "there is no C compiler or no FFTW (libfftw3-dev)"),
  );
  return figures;
}
