type Transfer = NonNullable<NonNullable<Parameters<typeof structuredClone>[1]>["transfer"]>;
type Listener = ((event: MessageEvent) => unknown) | null;

/** The processor's end of its MessagePort. What comes is delivered between render quanta, as in a browser. */
export class WorkletPort extends EventTarget {
  readonly #post: (message: unknown) => void;
  readonly #waiting: unknown[] = [];
  #listener: Listener = null;
  #isStarted = false;
  #isClosed = false;

  /** @param post is given a structured clone of what the processor posts */
  constructor(post: (message: unknown) => void) {
    super();
    this.#post = post;
    this.addEventListener("message", (event) => this.#listener?.call(this, event as MessageEvent));
  }

  postMessage(message: unknown, options?: Transfer | { readonly transfer?: Transfer }): void {
    if (this.#isClosed) return;
    const transfer = Array.isArray(options) ? options : options?.transfer;
    this.#post(structuredClone(message, { transfer: transfer ?? [] }));
  }

  get onmessage(): Listener {
    return this.#listener;
  }

  set onmessage(listener: Listener) {
    this.#listener = typeof listener === "function" ? listener : null;
    this.#isStarted = true;
  }

  start(): void {
    this.#isStarted = true;
  }

  close(): void {
    this.#isClosed = true;
  }

  /** Queues a message for the processor. */
  send(message: unknown): void {
    this.#waiting.push(message);
  }

  /** Whether `deliver` has something to do. */
  get isDue(): boolean {
    return this.#waiting.length > 0 && this.#isStarted && !this.#isClosed;
  }

  deliver(): void {
    while (this.isDue) this.dispatchEvent(new MessageEvent("message", { data: this.#waiting.shift() }));
  }
}
