import { subscribe } from "node:diagnostics_channel";
import type { ClientRequest, IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { now } from "../measuring/clock.ts";
import { Board } from "../lane/board.ts";
import type { LaneRequests } from "./laneIo.ts";

/** What `fetch` tells of a request. */
interface FetchRequest {
  readonly origin: string | URL;
}

interface UnderWay {
  readonly host: string;
  readonly stage: number;
  readonly start: number;
}

type Requests = { -readonly [K in keyof LaneRequests]: LaneRequests[K] };

/** What the stages of this thread ask of other machines, by what Node tells of it: `fetch`, `http` and bare sockets. */
export class NetworkLog {
  readonly #board: Int32Array;
  readonly #requests = new Map<string, Requests>();
  readonly #underWay = new Map<object, UnderWay>();
  /** Those that `fetch` and `http` opened, whose requests count instead. */
  readonly #known = new WeakSet<object>();
  #fetchConnects = false;
  /** Whether requests that begin count. */
  isOn = true;

  /** @param board says which stage is at work */
  constructor(board: Int32Array) {
    this.#board = board;
  }

  /** For as long as the thread lives. */
  watch(): void {
    on("undici:request:create", ({ request }) => {
      this.#began(request, hostOf(new URL(request.origin)));
    });
    on("undici:request:trailers", ({ request }) => {
      this.#ended(request);
    });
    on("undici:request:error", ({ request }) => {
      this.#ended(request, true);
    });
    on("undici:client:beforeConnect", () => {
      this.#fetchConnects = true;
    });
    on("http.client.request.start", ({ request }) => {
      this.#sent(request);
    });
    on("http.client.response.finish", (answered) => {
      this.#answered(answered.request, answered.response);
    });
    on("http.client.request.error", ({ request }) => {
      this.#ended(request, true);
    });
    on("net.client.socket", ({ socket }) => {
      this.#connects(socket);
    });
  }

  /** All since it was last taken; what is still under way until now. */
  take(): LaneRequests[] {
    for (const { host, stage, start } of this.#underWay.values()) this.#of(host, stage).ms += now() - start;
    const taken = [...this.#requests.values()].filter(({ calls }) => calls > 0);
    this.#requests.clear();
    this.#underWay.clear();
    return taken;
  }

  #began(request: object, host: string): void {
    if (!this.isOn || this.#underWay.has(request)) return;
    const stage = this.#board[Board.stage] ?? -1;
    this.#underWay.set(request, { host, stage, start: now() });
    this.#of(host, stage).calls += 1;
  }

  #ended(request: object, hasFailed = false): void {
    const known = this.#underWay.get(request);
    if (!known) return;
    this.#underWay.delete(request);
    const all = this.#of(known.host, known.stage);
    all.ms += now() - known.start;
    all.failed += hasFailed ? 1 : 0;
  }

  #sent(request: ClientRequest): void {
    const named = request.getHeader("host");
    const url = URL.parse(`${request.protocol}//${typeof named === "string" ? named : request.host}`);
    this.#began(request, url ? hostOf(url) : request.host);
    const { socket } = request;
    if (socket) this.#known.add(socket);
    else
      request.once("socket", (later) => {
        this.#known.add(later);
      });
  }

  /** Its head is there; the rest may take longer than all before. */
  #answered(request: object, response: IncomingMessage): void {
    response.once("close", () => {
      this.#ended(request, !response.complete);
    });
  }

  /** Only when it closes it is known whose socket it was. */
  #connects(socket: Socket): void {
    const isFetched = this.#fetchConnects;
    this.#fetchConnects = false;
    if (!this.isOn || isFetched) return;
    const stage = this.#board[Board.stage] ?? -1;
    const start = now();
    let host = "unknown";
    socket.once("connectionAttempt", (address: string, port: number) => {
      host = `${address.includes(":") ? `[${address}]` : address}:${port}`;
    });
    socket.once("close", (hasFailed: boolean) => {
      if (this.#known.has(socket)) return;
      const all = this.#of(host, stage);
      all.calls += 1;
      all.ms += now() - start;
      all.failed += hasFailed ? 1 : 0;
    });
  }

  #of(host: string, stage: number): Requests {
    const key = `${stage} ${host}`;
    const known = this.#requests.get(key) ?? { host, stage, calls: 0, failed: 0, ms: 0 };
    this.#requests.set(key, known);
    return known;
  }
}

const hostOf = ({ hostname, port, protocol }: URL): string =>
  `${hostname}:${port || (protocol === "https:" ? "443" : "80")}`;

/** The names are Node's, and so is what comes with each. */
interface Channels {
  "undici:request:create": { readonly request: FetchRequest };
  "undici:request:trailers": { readonly request: object };
  "undici:request:error": { readonly request: object };
  "undici:client:beforeConnect": object;
  "http.client.request.start": { readonly request: ClientRequest };
  "http.client.response.finish": { readonly request: object; readonly response: IncomingMessage };
  "http.client.request.error": { readonly request: object };
  "net.client.socket": { readonly socket: Socket };
}

function on<Name extends keyof Channels>(channel: Name, tell: (message: Channels[Name]) => void): void {
  subscribe(channel, (message) => {
    tell(message as Channels[Name]);
  });
}
