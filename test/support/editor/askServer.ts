import { randomBytes, timingSafeEqual } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface AskServer {
  readonly address: string;
  readonly key: string;
  close(): void;
}

/** Answers to whoever knows the key, on 127.0.0.1: `answer(path, body)`; what it throws goes back as its sentence. */
export async function startAskServer(
  answer: (path: string, body: unknown) => Promise<unknown>,
): Promise<AskServer> {
  const key = randomBytes(24).toString("hex");
  const server = createServer((request, response) => {
    if (!knowsKey(request, key)) {
      response.writeHead(403).end();
      return;
    }
    text(request)
      .then((body) => answer((request.url ?? "/").slice(1), JSON.parse(body)))
      .then(
        (value) => response.end(value === undefined ? "" : JSON.stringify(value)),
        (error: unknown) =>
          response.writeHead(500).end(error instanceof Error ? error.message : String(error)),
      );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http://127.0.0.1:${port}`,
    key,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

function knowsKey(request: IncomingMessage, key: string): boolean {
  const given = Buffer.from(request.headers.authorization ?? "");
  return given.length === key.length && timingSafeEqual(given, Buffer.from(key));
}
