import * as Trace from "@paulirish/trace_engine/models/trace/trace.js";

/** It has no types. */
const POLYFILL = "@paulirish/trace_engine/analyze-trace.mjs" as string;

interface Entry {
  readonly name: string;
  readonly ts: number;
  readonly dur?: number;
}

interface Thread {
  readonly name: string | null;
  readonly tree?: { readonly roots: Iterable<{ readonly entry: Entry }> };
}

interface RendererData {
  readonly processes: ReadonlyMap<number, { readonly threads: ReadonlyMap<number, Thread> }>;
}

/** What Chrome's DevTools makes of a trace: by row its outermost spans, `NAME START+LENGTH` in milliseconds. */
export async function devToolsTrace(json: string): Promise<ReadonlyMap<string, string[]>> {
  // It counts on a page, where rectangles are known.
  const { polyfillDOMRect } = (await import(POLYFILL)) as { polyfillDOMRect: () => void };
  polyfillDOMRect();
  const model = Trace.TraceModel.Model.createWithAllHandlers();
  await model.parse((JSON.parse(json) as { traceEvents: never[] }).traceEvents);
  const { Renderer } = model.parsedTrace()!.data as unknown as { readonly Renderer: RendererData };
  const rows = new Map<string, string[]>();
  for (const { threads } of Renderer.processes.values())
    for (const { name, tree } of threads.values())
      rows.set(
        name ?? "",
        [...(tree?.roots ?? [])].map(
          ({ entry }) => `${entry.name} ${inMs(entry.ts)}+${inMs(entry.dur ?? 0)}`,
        ),
      );
  return rows;
}

const inMs = (us: number): number => Number((us / 1000).toFixed(3));
