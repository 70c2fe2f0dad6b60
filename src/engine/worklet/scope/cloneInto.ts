import type { createContext } from "node:vm";
import { MessageChannel, moveMessagePortToContext, receiveMessageOnPort } from "node:worker_threads";

type Context = ReturnType<typeof createContext>;

/** Gives structured clones whose objects belong to a context: there `instanceof Float32Array` holds for them. */
export type CloneInto = (value: unknown) => unknown;

/** Through a pair of ports, because `structuredClone` only makes objects of the context that it was made in. */
export function cloneInto(context: Context): CloneInto {
  const { port1, port2 } = new MessageChannel();
  const inside = moveMessagePortToContext(port2, context);
  for (const port of [port1, inside]) port.unref();
  return (value) => {
    port1.postMessage(value);
    const received = receiveMessageOnPort(inside) as { readonly message: unknown } | undefined;
    return received?.message;
  };
}
