import { importProfile } from "../../../src/core/exchange/import/importProfile.ts";
import type { Run } from "../../../src/core/run/run.ts";

/** As a person would open it, standing in /work/app. */
export function opened(profile: unknown, file = "take.profile", workspace: string | null = "/work/app"): Run {
  const text = typeof profile === "string" ? profile : JSON.stringify(profile);
  return importProfile(text, {
    id: "2026-11-22T10-00-00.000Z-0a1b2c3d",
    time: "2026-11-22T10:00:00.000Z",
    waveflame: "0.1.0",
    file,
    sha256: "0a1b2c3d".padEnd(64, "0"),
    workspace,
  });
}

/** `src/level.py:12 main 30 50`, each line with its thread, self and total, longest first. */
export const linesOf = (run: Run): string[] =>
  run.lines.map(
    ({ file, line, stage, selfMs, totalMs }) =>
      `${file}:${line} ${stage} ${Number(selfMs.toFixed(6))} ${Number(totalMs.toFixed(6))}`,
  );

/** The call tree as indented text with self times, in the order of its nodes below each other. */
export function treeOf({ callTree, stages }: Run): string[] {
  const depths: number[] = [];
  const rows: { readonly text: string; readonly below: number[] }[] = [];
  const roots: number[] = [];
  callTree.kind.forEach((kind, node) => {
    const parent = callTree.parent[node]!;
    depths[node] = parent < 0 ? 0 : depths[parent]! + 1;
    const func = callTree.functions[callTree.function[node]!];
    const name =
      kind === 0
        ? stages[callTree.stage[node]!]!.name
        : kind === 2
          ? `:${callTree.line[node]!}`
          : `${func!.name}${func!.file === "" ? "" : ` ${func!.file}:${func!.line}`}`;
    const self = Number(callTree.selfMs[node]!.toFixed(6));
    rows.push({ text: `${"  ".repeat(depths[node])}${name}${self > 0 ? ` ${self}` : ""}`, below: [] });
    if (parent < 0) roots.push(node);
    else rows[parent]!.below.push(node);
  });
  const listed: string[] = [];
  const open = [...roots].reverse();
  while (open.length > 0) {
    const { text, below } = rows[open.pop()!]!;
    listed.push(text);
    open.push(...[...below].reverse());
  }
  return listed;
}

interface Call {
  readonly name: string;
  readonly url?: string;
  /** As V8 counts, from 0. */
  readonly line?: number;
  readonly children?: readonly number[];
  readonly ticks?: Readonly<Record<number, number>>;
  readonly hits?: number;
}

/** Nodes as V8 writes them, numbered from 1 in their order. */
export const v8Nodes = (calls: readonly Call[]): object[] =>
  calls.map(({ name, url = "", line = -1, children, ticks, hits = 0 }, index) => ({
    id: index + 1,
    callFrame: { functionName: name, scriptId: "1", url, lineNumber: line, columnNumber: 0 },
    hitCount: hits,
    ...(children ? { children } : {}),
    ...(ticks
      ? {
          positionTicks: Object.entries(ticks).map(([at, count]) => ({ line: Number(at), ticks: count })),
        }
      : {}),
  }));

/** A level meter: 40 ms in `process`, 10 of them below it in `rms`, 20 ms idle, 5 of the collector. */
export const LEVEL_PROFILE = {
  nodes: v8Nodes([
    { name: "(root)", children: [2, 5, 6] },
    { name: "main", url: "file:///work/app/src/main.ts", line: 2, children: [3], hits: 0 },
    {
      name: "process",
      url: "file:///work/app/src/level.ts",
      line: 9,
      children: [4],
      ticks: { 12: 2, 13: 1 },
      hits: 3,
    },
    { name: "rms", url: "file:///work/app/node_modules/rms/index.js", line: 0, ticks: { 3: 1 }, hits: 1 },
    { name: "(idle)", hits: 2 },
    { name: "(garbage collector)", hits: 1 },
  ]),
  startTime: 1000,
  endTime: 66_000,
  samples: [5, 3, 3, 3, 4, 6, 5],
  timeDeltas: [0, 10_000, 10_000, 10_000, 10_000, 10_000, 5000],
};

const FRAMES = [
  { name: "main", file: "/work/app/src/main.py", line: 3 },
  { name: "process", file: "/work/app/src/level.py", line: 10 },
  { name: "rms", file: "src/level.py", line: 30 },
];

export const speedscopeFile = (profiles: readonly object[], exporter?: string): object => ({
  $schema: "https://www.speedscope.app/file-format-schema.json",
  shared: { frames: FRAMES },
  profiles,
  ...(exporter === undefined ? {} : { exporter }),
});

export const SAMPLED = {
  type: "sampled",
  name: "Main",
  unit: "milliseconds",
  startValue: 0,
  endValue: 60,
  samples: [[0, 1], [0, 1, 2], [0, 1, 2, 1], [0]],
  weights: [30, 10, 15, 5],
};

export const EVENTED = {
  type: "evented",
  name: "Helper",
  unit: "milliseconds",
  startValue: 100,
  endValue: 160,
  events: [
    { type: "O", frame: 0, at: 100 },
    { type: "O", frame: 1, at: 105 },
    { type: "C", frame: 1, at: 125 },
    { type: "C", frame: 0, at: 130 },
    { type: "O", frame: 2, at: 150 },
  ],
};
