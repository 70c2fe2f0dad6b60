import {
  loopIn,
  pipelineText,
  stageText,
  timedLoop,
  turnsOf,
  WORK,
  type Shape,
  type Target,
} from "../shape.ts";

const IN = "compiled";

/** V8 knows a module's functions by their numbers where it has no names for them. */
const functionOf = (number: number, name: string, intended: number, title: string): Target => ({
  ...loopIn(IN, name, intended, title),
  marks: [],
  functions: [`function[${number}]`],
});

/** WebAssembly functions, by function, because V8 knows no lines there, and the line that calls one. Clocks around the calls. */
export const webAssembly: Shape = {
  name: "web-assembly",
  title: "WebAssembly, by function",
  targets: [
    functionOf(0, "multiplies", 0.2, "function that multiplies"),
    functionOf(1, "divides", 0.2, "function that divides"),
    loopIn(IN, "roots", 0.2, "line that calls a function with a name"),
    loopIn(IN, "first", 0.2, "loop before, in JavaScript"),
    loopIn(IN, "last", 0.2, "loop after, in JavaScript"),
  ],
  files: (turns, clock) => {
    const call = (name: string): string => `${clock.begin(name)}
        level = ${name}(${turnsOf(turns, name)}, level); // ${name}
        ${clock.end(name)}`;
    return {
      "web-assembly.pipeline.ts": pipelineText(
        "WebAssembly",
        `const bytes = Uint8Array.of(${moduleBytes().join(", ")});
const { exports } = new WebAssembly.Instance(new WebAssembly.Module(bytes));
const { multiplies, divides, roots } = exports as Record<string, (turns: number, level: number) => number>;`,
        clock,
        {
          [IN]: stageText(`
        ${timedLoop(turns, clock, "first", WORK.sine)}
        ${call("roots")}
        ${call("multiplies")}
        ${call("divides")}

        ${timedLoop(turns, clock, "last", WORK.divide)}`),
        },
      ),
    };
  },
};

/** A module of three functions `(turns: i32, level: f64) => f64`, each a loop; only the last has a name that V8 sees. */
function moduleBytes(): number[] {
  const functions = [
    // level × 0.75 + 0.1
    ["multiplies", [...LEVEL, ...constant(0.75), F64.multiply, ...constant(0.1), F64.add]],
    // 1 ÷ (level + 1)
    ["divides", [...constant(1), ...LEVEL, ...constant(1), F64.add, F64.divide]],
    // √(level + 0.25)
    ["roots", [...LEVEL, ...constant(0.25), F64.add, F64.root]],
  ] as const;
  const type = [0x60, 2, I32, F64.type, 1, F64.type];
  return [
    ...[0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
    ...section(1, [[...type]]),
    ...section(
      3,
      functions.map(() => [0]),
    ),
    ...section(
      7,
      functions.map(([name], index) => [...text(name), 0x00, index]),
    ),
    ...section(
      10,
      functions.map(([, step]) => sized(loopOf(step))),
    ),
    // Names of functions, of the last one only.
    0,
    ...sized([...text("name"), 1, ...sized([1, 2, ...text("roots")])]),
  ];
}

const I32 = 0x7f;
const F64 = { type: 0x7c, add: 0xa0, multiply: 0xa2, divide: 0xa3, root: 0x9f };
/** `local.get 1` */
const LEVEL = [0x20, 1];

/** No locals; `loop`, the step into `level`, one turn less in `turns`, again while any is left; gives `level`. */
const loopOf = (step: readonly number[]): number[] => [
  ...[0, 0x03, 0x40],
  ...step,
  ...[0x21, 1, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b],
  ...LEVEL,
  0x0b,
];

const constant = (value: number): number[] => [0x44, ...new Uint8Array(Float64Array.of(value).buffer)];
const text = (name: string): number[] => [name.length, ...Buffer.from(name)];

/** All lengths here are below 2¹⁴: at most two bytes of LEB128. */
const length = (value: number): number[] => (value < 128 ? [value] : [(value & 127) | 128, value >> 7]);
const sized = (bytes: readonly number[]): number[] => [...length(bytes.length), ...bytes];
const section = (id: number, entries: readonly (readonly number[])[]): number[] => [
  id,
  ...sized([entries.length, ...entries.flat()]),
];
