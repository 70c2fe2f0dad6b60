import { between, type Random } from "../../src/client/sample/audio/random.ts";
import type { SlowBlockCause } from "../../src/core/run/measured/slowBlocks.ts";
import type { Frames, Hertz } from "../../src/core/units.ts";

export const SAMPLE_RATE: Hertz = 48_000;
export const BLOCK_FRAMES: Frames = 256;
/** Four seconds: so many that the plants are far apart, so few that a run takes two seconds. */
export const BLOCKS = 750;

/** Blocks from the first up to the second. */
type Stretch = readonly [from: number, to: number];

/** Where things are planted in one run. */
export interface Planted {
  /** The recording's amplitude, by block. */
  readonly amplitude: (block: number) => number;
  readonly pipeline: PipelineText;
}

/** The parts of a pipeline's text; the diary's calls stand around `work`. */
export interface PipelineText {
  /** Above the pipeline. */
  readonly top: string;
  /** Where the stage is made. */
  readonly made?: string;
  /** Functions that the diary watches, and which of them a block uses. */
  readonly watched: string;
  readonly isUsed?: string;
  /** For each block: `block` is its number, `sound` its samples. */
  readonly work: string;
}

export interface Scenario {
  readonly title: string;
  /** What is planted; null: nothing, and nothing may be named. */
  readonly plants: SlowBlockCause | null;
  /** Whether other processes come and go meanwhile. */
  readonly isCrowded?: boolean;
  draw(random: Random): Planted;
}

const XORSHIFT = "for (let turn = 0; turn < turns; turn += 1) { x ^= x << 13; x ^= x >>> 17; x ^= x << 5; }";
const KERNEL = `const kernel = (turns) => { let x = 1; ${XORSHIFT} return x; };
let sum = 0;`;
/** A quarter of a millisecond or so: so often, so many turns. */
const ROUNDS = 100;
const TURNS = 1000;
const NOISE = 0.4;

/** Blocks at which something is planted, from the first on, far enough apart. */
function drawn(random: Random, first: number, least: number, most: number): number[] {
  const blocks: number[] = [];
  for (let at = first; at < BLOCKS - 40; at += Math.round(between(random, least, most))) blocks.push(at);
  return blocks;
}

const lasting = (random: Random, starts: readonly number[], least: number, most: number): Stretch[] =>
  starts.map((from) => [from, from + Math.round(between(random, least, most))]);

const isIn = (stretches: readonly Stretch[], block: number): boolean =>
  stretches.some(([from, to]) => block >= from && block < to);

/**
 * The sound stops so that the states of envelopes fall into denormals, unless an offset keeps them out. What adding and
 * multiplying those costs depends on the processor; their logarithms cost three times as much on all.
 */
function fading(random: Random, offset: number): Planted {
  const silences = lasting(random, drawn(random, 120, 190, 220), 60, 95);
  return {
    amplitude: (block) => (isIn(silences, block) ? 0 : NOISE),
    pipeline: {
      top: `const envelope = ({ levels, sound }, at) => {
  let [level, decibels] = [levels[at], 0];
  for (let i = 0; i < sound.length; i += 1) {
    level = 0.9 * level + (Math.abs(sound[i]) + ${offset});
    decibels += Math.log(level);
  }
  levels[at] = level;
  return decibels > 0 ? 1 : 0;
};`,
      made: "const levels = new Float64Array(100);",
      watched: "envelope",
      work: `repeat(levels.length, envelope, { levels, sound });
        const level = levels[0];
        if (level > 0 && level < 2 ** -1022) diary.note("denormals");`,
    },
  };
}

/** Objects that live for some blocks; now and then many of them, or a collection that is asked for. */
function littering(random: Random): Planted {
  const plants = drawn(random, 100, 25, 60);
  const asked = plants.filter((_, index) => index % 2 === 0);
  const many = plants.filter((_, index) => index % 2 === 1);
  return {
    amplitude: () => NOISE,
    pipeline: {
      top: `import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");
const asked = new Set(${JSON.stringify(asked)});
const many = new Set(${JSON.stringify(many)});
const litter = (all, i) => {
  all.last = { i, last: all.last };
  return 0;
};
const counts = Int32Array.from({ length: ${BLOCKS} }, (_, block) => (many.has(block) ? 60_000 : 200));
${KERNEL}`,
      made: `const live = { last: null };
      repeat(200_000, litter, live);
      const recent = [live, live, live, live];`,
      watched: "kernel, litter",
      work: `sum += repeat(${ROUNDS}, kernel, ${TURNS});
        recent[block % 4] = { last: null };
        repeat(counts[block], litter, recent[block % 4]);
        if (asked.has(block)) collect();`,
    },
  };
}

/** Functions that V8 optimised for one kind of argument get another, in one block each. */
function changing(random: Random): Planted {
  const blocks = drawn(random, 150, 45, 60);
  const kinds = [...KINDS, ...KINDS]
    .map((kind) => ({ ...kind, order: random() }))
    .sort((a, b) => a.order - b.order);
  return {
    amplitude: () => NOISE,
    pipeline: {
      top: `const table = new Int32Array(1024).fill(3);
const usual = { weight: 3 };
const other = { name: "other", weight: 3 };
let sum = 0;
${kinds.map(({ head }, kind) => `const kind${kind} = (given) => { const turns = ${TURNS / 5}; let x = (${head}) | 1; ${XORSHIFT} return x; };`).join("\n")}
const plants = new Set(${JSON.stringify(blocks.slice(0, kinds.length))});
const given = (block) => [${kinds.map((kind, at) => `block === ${blocks[at]} ? ${kind.other} : ${kind.usual}`).join(", ")}];`,
      watched: kinds.map((_, kind) => `kind${kind}`).join(", "),
      work: `const args = given(block);
        if (plants.has(block)) diary.note("deoptimisation");
        ${kinds.map((_, kind) => `sum += repeat(${ROUNDS}, kind${kind}, args[${kind}]);`).join("\n        ")}`,
    },
  };
}

/** At the beginning of the functions, so that the code that comes after is as quick as before. */
const KINDS = [
  { head: "given.weight", usual: "usual", other: "other" },
  { head: "given * 3", usual: "3", other: "0.5" },
  { head: "given + 1", usual: "1", other: "2 ** 31 - 1" },
  { head: "given > 9 ? Math.sqrt(given) : given", usual: "1", other: "10" },
  { head: "table[given]", usual: "255", other: "4095" },
] as const;

/** Another function does the same work from some blocks on. */
function beginning(random: Random): Planted {
  const starts = [0, ...drawn(random, 100, 50, 80)];
  const functions = starts.map((_, which) => `(turns) => { let x = ${which + 1}; ${XORSHIFT} return x; }`);
  return {
    amplitude: () => NOISE,
    pipeline: {
      top: `const starts = ${JSON.stringify(starts)};
const kernels = [
  ${functions.join(",\n  ")},
];
let sum = 0;
const whichAt = (block) => starts.findLastIndex((start) => block >= start);`,
      watched: "...kernels",
      isUsed: "(which) => which === whichAt(block)",
      work: `sum += repeat(${ROUNDS}, kernels[whichAt(block)], ${TURNS});`,
    },
  };
}

/** More work where it is loud. */
function louder(random: Random): Planted {
  const loud = lasting(random, drawn(random, 60, 30, 90), 1, 15);
  return {
    amplitude: (block) => (isIn(loud, block) ? 0.9 : 0.1),
    pipeline: {
      top: `${KERNEL}
const isLoud = (sound, from) => (Math.abs(sound[from]) > 0.3 ? 1 : 0);`,
      watched: "kernel",
      work: `const loud = Math.min(1, repeat(sound.length, isLoud, sound));
        if (loud) diary.note("the audio itself");
        sum += repeat(${ROUNDS} * (1 + 2 * loud), kernel, ${TURNS});`,
    },
  };
}

/** More work in some blocks of the timed pass alone, by nothing that can be seen from outside. */
function busier(random: Random): Planted {
  const plants = lasting(random, drawn(random, 45, 14, 60), 1, 4);
  return {
    amplitude: () => NOISE,
    pipeline: {
      top: `const plants = ${JSON.stringify(plants)};
${KERNEL}`,
      made: `const rounds = new Int32Array(${BLOCKS}).fill(${ROUNDS});
      if (pass === 1) for (const [from, to] of plants) rounds.fill(${3 * ROUNDS}, from, to);`,
      watched: "kernel",
      work: `if (rounds[block] > ${ROUNDS}) diary.note("unexplained");
        sum += repeat(rounds[block], kernel, ${TURNS});`,
    },
  };
}

const working = (): Planted => ({
  amplitude: () => NOISE,
  pipeline: { top: KERNEL, watched: "kernel", work: `sum += repeat(${ROUNDS}, kernel, ${TURNS});` },
});

export const SCENARIOS: readonly Scenario[] = [
  { title: "envelopes fall into denormals", plants: "denormals", draw: (random) => fading(random, 0) },
  { title: "envelopes kept out of denormals", plants: null, draw: (random) => fading(random, 1e-20) },
  { title: "garbage", plants: "collection", draw: littering },
  { title: "other kinds of arguments", plants: "deoptimisation", draw: changing },
  { title: "functions that come later", plants: "first calls", draw: beginning },
  { title: "more work where it is loud", plants: "the audio itself", draw: louder },
  { title: "more work without a trace", plants: "unexplained", draw: busier },
  { title: "other processes", plants: "another process", isCrowded: true, draw: working },
];
