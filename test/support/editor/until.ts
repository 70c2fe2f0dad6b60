const PATIENCE_MS = 60_000;
const PAUSE_MS = 50;

/** Asks again until there is an answer. @throws Error naming what was waited for, and what was seen last. */
export async function until<T>(
  waitedFor: string,
  look: () => Promise<T | undefined | false> | T | undefined | false,
  lastSeen?: () => unknown,
): Promise<T> {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    const found = await look();
    if (found !== undefined && found !== false) return found;
    if (Date.now() > end) {
      const seen = lastSeen ? ` Last seen: ${JSON.stringify(lastSeen())}` : "";
      throw new Error(`Waited ${PATIENCE_MS / 1000} s for ${waitedFor}.${seen}`);
    }
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
}

/** Reads again until the value is as wanted, and gives it. */
export async function eventually<T>(
  waitedFor: string,
  read: () => Promise<T>,
  wanted: (value: T) => boolean,
): Promise<T> {
  let last: T | undefined;
  const found = await until(
    waitedFor,
    async () => {
      last = await read();
      return wanted(last) && { value: last };
    },
    () => last,
  );
  return found.value;
}
