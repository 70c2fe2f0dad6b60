/**
 * One small typed channel for every pair that talks: host and engine, engine and worker, host and webview. A method
 * called with `call` answers with a promise; `tell` expects no answer.
 */
export interface Port {
  post(message: Message, transfer?: readonly unknown[]): void;
  listen(receive: (message: Message) => void): void;
}

/** What one side offers to the other. */
export type Methods = Record<string, (params: never) => unknown>;

export type Message =
  | { readonly kind: "call"; readonly id: number; readonly method: string; readonly params: unknown }
  | { readonly kind: "tell"; readonly method: string; readonly params: unknown }
  | { readonly kind: "answer"; readonly id: number; readonly value: unknown }
  | { readonly kind: "refusal"; readonly id: number; readonly error: RefusedCall };

/** An error as it crosses: its sentence and whatever the thrower added, without the class. */
export interface RefusedCall {
  readonly message: string;
  readonly details?: unknown;
}

/** Thrown at the caller's side with what the other side's error held. */
export class CallError extends Error {
  override readonly name = "CallError";
  readonly details: unknown;

  constructor(refused: RefusedCall) {
    super(refused.message);
    this.details = refused.details;
  }
}

interface OpenCall {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: Error) => void;
}

type Params<M extends Methods, K extends keyof M> = Parameters<M[K]>[0];
type Answer<M extends Methods, K extends keyof M> = Awaited<ReturnType<M[K]>>;

export class Channel<Theirs extends Methods> {
  readonly #port: Port;
  readonly #transferOf: (answer: unknown) => readonly unknown[];
  readonly #waiting = new Map<number, OpenCall>();
  #nextId = 1;
  #closed: Error | undefined;

  /** @param transferOf what of an answer goes over instead of being copied */
  constructor(port: Port, ours: Methods, transferOf: (answer: unknown) => readonly unknown[] = () => []) {
    this.#port = port;
    this.#transferOf = transferOf;
    port.listen((message) => {
      this.#receive(message, ours);
    });
  }

  /** Whether a call hasn't been answered yet. */
  get isWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  /** @throws CallError with the other side's sentence; Error with the reason given to `close`. */
  call<K extends keyof Theirs & string>(
    method: K,
    params: Params<Theirs, K>,
    transfer?: readonly unknown[],
  ): Promise<Answer<Theirs, K>> {
    if (this.#closed) return Promise.reject(this.#closed);
    const id = this.#nextId++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve: resolve as (value: unknown) => void, reject });
      this.#port.post({ kind: "call", id, method, params }, transfer);
    });
  }

  tell<K extends keyof Theirs & string>(
    method: K,
    params: Params<Theirs, K>,
    transfer?: readonly unknown[],
  ): void {
    if (!this.#closed) this.#port.post({ kind: "tell", method, params }, transfer);
  }

  /** The other side is gone: every open call is rejected with the reason. */
  close(reason: Error): void {
    this.#closed ??= reason;
    for (const { reject } of this.#waiting.values()) reject(reason);
    this.#waiting.clear();
  }

  #receive(message: Message, ours: Methods): void {
    if (message.kind === "answer") {
      this.#take(message.id)?.resolve(message.value);
    } else if (message.kind === "refusal") {
      this.#take(message.id)?.reject(new CallError(message.error));
    } else {
      void this.#serve(message, ours);
    }
  }

  #take(id: number): OpenCall | undefined {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  async #serve(message: Message & { kind: "call" | "tell" }, ours: Methods): Promise<void> {
    try {
      const method = Object.hasOwn(ours, message.method) ? ours[message.method] : undefined;
      if (!method) throw new Error(`Nothing here answers to "${message.method}".`);
      const value = await method(message.params as never);
      if (message.kind === "call")
        this.#port.post({ kind: "answer", id: message.id, value }, this.#transferOf(value));
    } catch (error) {
      if (message.kind === "tell") throw error;
      this.#port.post({ kind: "refusal", id: message.id, error: refusalOf(error) });
    }
  }
}

function refusalOf(error: unknown): RefusedCall {
  if (!(error instanceof Error)) return { message: String(error) };
  const details = "details" in error ? error.details : undefined;
  return details === undefined ? { message: error.message } : { message: error.message, details };
}
