import { availableParallelism } from "node:os";
import pMap from "p-map";
import { workersByRule } from "../../core/workersByRule.ts";
import type { CancelSignal } from "../cancelSignal.ts";
import { wholeNumber } from "../checkArguments.ts";

/** As many downloads as servers put up with from one client. */
const IO_LIMIT = 10;

export interface ConcurrencyOptions {
  /**
   * How many are worked on at once. `io`, the default: 10, for work that waits for disks and servers. `cpu`: for work
   * that keeps a thread of its own busy, logical cores − 2 above 4, else − 1, and at least 1.
   */
  limit?: number | "io" | "cpu";
  /** Where it is aborted, nothing more is begun and the promise is rejected with its reason. */
  signal?: CancelSignal;
}

/** What became of one item. */
export type Outcome<Item, Result> =
  | { readonly status: "fulfilled"; readonly item: Item; readonly value: Result }
  | { readonly status: "rejected"; readonly item: Item; readonly reason: unknown };

/**
 * Does the same work for many items, several at once. One that fails never stops the others.
 *
 * Asynchronous work only gains by it where it waits: for servers, disks, threads or other processes. Items come from
 * `audioFilesIn` or another asynchronous iterable only as fast as they are worked on.
 *
 * @returns what became of each item, in the order of the items
 * @throws RangeError where `limit` isn't a whole number from 1 on; the signal's reason; an error of the items themselves
 */
export async function mapConcurrently<Item, Result>(
  items: Iterable<Item> | AsyncIterable<Item>,
  work: (item: Item, index: number) => Result | PromiseLike<Result>,
  { limit = "io", signal }: ConcurrencyOptions = {},
): Promise<Outcome<Item, Result>[]> {
  const outcome = async (item: Item, index: number): Promise<Outcome<Item, Result>> => {
    try {
      return { status: "fulfilled", item, value: await work(item, index) };
    } catch (reason) {
      return { status: "rejected", item, reason };
    }
  };
  const concurrency =
    typeof limit === "number" ? wholeNumber("The limit of items worked on at once", limit) : limitFor(limit);
  return pMap(items, outcome, { concurrency, ...(signal && { signal: signal as AbortSignal }) });
}

const limitFor = (kind: "io" | "cpu"): number =>
  kind === "io" ? IO_LIMIT : workersByRule(availableParallelism());
