import { wholeNumber } from "../checkArguments.ts";

/** Cuts items into lists of `size` each, the last one shorter, as they are asked for. */
export function inBatches<Item>(items: Iterable<Item>, size?: number): Iterable<Item[]>;
export function inBatches<Item>(items: AsyncIterable<Item>, size?: number): AsyncIterable<Item[]>;
export function inBatches<Item>(
  items: Iterable<Item> | AsyncIterable<Item>,
  size = 100,
): Iterable<Item[]> | AsyncIterable<Item[]> {
  wholeNumber("The size of a batch", size);
  return Symbol.asyncIterator in items ? asTheyCome(items, size) : atOnce(items, size);
}

function* atOnce<Item>(items: Iterable<Item>, size: number): Generator<Item[], void, void> {
  let batch: Item[] = [];
  for (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}

async function* asTheyCome<Item>(
  items: AsyncIterable<Item>,
  size: number,
): AsyncGenerator<Item[], void, void> {
  let batch: Item[] = [];
  for await (const item of items) {
    batch.push(item);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
