import { constants, createContext, Script } from "node:vm";
import type { WorkletGlobal } from "../../../library/worklet.ts";
import { cloneInto, type CloneInto } from "./cloneInto.ts";
import { CONSOLE_METHODS, EXPOSED } from "./exposed.ts";
import { Registrations } from "./registrations.ts";
import { WorkletPort } from "./workletPort.ts";

export interface ScopeOptions {
  readonly sampleRate: number;
  readonly renderQuantumSize: number;
  readonly globals: readonly WorkletGlobal[];
}

/** What arrays are made with. */
interface ScopeGlobal extends Record<string, unknown> {
  readonly Float32Array: typeof Float32Array;
  readonly Array: typeof Array;
  readonly Object: typeof Object;
}

/**
 * Classes of the scope's own realm. The base class takes the port that is waiting for it, as the specification's
 * "pending processor construction data"; compilations are counted, because only their end makes some processors ready.
 */
const CLASSES = `({ takePort, compiling, compiled }) => {
  globalThis.WorkletGlobalScope = class WorkletGlobalScope {};
  globalThis.AudioWorkletGlobalScope = class AudioWorkletGlobalScope extends WorkletGlobalScope {};
  globalThis.AudioWorkletProcessor = class AudioWorkletProcessor {
    #port = takePort();
    get port() { return this.#port; }
  };
  for (const name of ["compile", "instantiate"]) {
    const compile = WebAssembly[name];
    WebAssembly[name] = { [name](...given) {
      const promise = compile.apply(WebAssembly, given);
      compiling();
      promise.then(compiled, compiled);
      return promise;
    } }[name];
  }
  return (frame, time) => {
    currentFrame = frame;
    currentTime = time;
  };
}`;

/**
 * An AudioWorkletGlobalScope: a realm of its own, without anything of Node's. Made without interceptors, so that its
 * globals are as quick as outside (hot loops take 1.00 times as long).
 */
export class WorkletScope {
  readonly registrations = new Registrations();
  readonly global: ScopeGlobal;
  /** Sets `currentFrame` and `currentTime`; from inside the realm, where that is quick. */
  readonly setClock: (frame: number, time: number) => void;
  readonly clone: CloneInto;
  /** The scope's own port; messages of it are the running processor's. */
  readonly port = new WorkletPort((message) => {
    this.onMessage(message);
  });
  readonly sampleRate: number;
  readonly quantum: number;
  /** What the instance at work does with posted messages. */
  onMessage: (message: unknown) => void = () => undefined;
  /** Evaluating anything at all runs the callbacks. */
  readonly #nothing = new Script("undefined", { filename: "waveflame worklet" });
  #pendingPort: WorkletPort | null = null;
  #compiling = 0;

  constructor({ sampleRate, renderQuantumSize, globals }: ScopeOptions) {
    this.sampleRate = sampleRate;
    this.quantum = renderQuantumSize;
    // Its promises' callbacks run when `settle` says so: within the stage's call, as in a browser's render thread.
    this.global = createContext(constants.DONT_CONTEXTIFY, {
      microtaskMode: "afterEvaluate",
      name: "AudioWorkletGlobalScope",
    }) as ScopeGlobal;
    this.clone = cloneInto(this.global);
    this.#expose(globals);
    const setUp = new Script(CLASSES, { filename: "waveflame worklet" }).runInContext(this.global) as (
      hooks: object,
    ) => WorkletScope["setClock"];
    this.setClock = setUp({
      takePort: () => this.#takePort(),
      compiling: () => (this.#compiling += 1),
      compiled: () => (this.#compiling -= 1),
    });
  }

  /** Runs what promises of the scope are waiting for. */
  settle(): void {
    this.#nothing.runInContext(this.global);
  }

  get isCompiling(): boolean {
    return this.#compiling > 0;
  }

  /** Constructs a processor with this port. What its constructor throws passes through. */
  construct<T>(port: WorkletPort, make: () => T): T {
    this.#pendingPort = port;
    try {
      return make();
    } finally {
      this.#pendingPort = null;
    }
  }

  #takePort(): WorkletPort {
    const port = this.#pendingPort;
    if (!port) throw new TypeError("An AudioWorkletProcessor can't be constructed by hand");
    this.#pendingPort = null;
    return port;
  }

  #expose(globals: readonly WorkletGlobal[]): void {
    const { global } = this;
    for (const name of [...EXPOSED, ...globals])
      defineWhenAsked(global, name, () => Reflect.get(globalThis, name));
    define(global, "MessagePort", WorkletPort);
    const scopeConsole = Object.fromEntries(
      CONSOLE_METHODS.map((method) => [method, console[method].bind(console)]),
    );
    define(global, "console", scopeConsole);
    define(global, "registerProcessor", this.registrations.register);
    define(global, "sampleRate", this.sampleRate);
    define(global, "renderQuantumSize", this.quantum);
    define(global, "port", this.port);
    define(global, "currentFrame", 0);
    define(global, "currentTime", 0);
  }
}

/** Some of Node's take tens of milliseconds to load, and few processors ask for them. */
function defineWhenAsked(global: object, name: string, valueOf: () => unknown): void {
  Object.defineProperty(global, name, {
    configurable: true,
    enumerable: false,
    get: () => {
      const value = valueOf();
      define(global, name, value);
      return value;
    },
    set: (value: unknown) => {
      define(global, name, value);
    },
  });
}

function define(global: object, name: string, value: unknown): void {
  Object.defineProperty(global, name, { value, configurable: true, enumerable: false, writable: true });
}
