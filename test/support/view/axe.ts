import type axe from "axe-core";

/** Runs in a page that has axe: what keeps people out, by rule, with the elements. */
export async function keepsOut(): Promise<string[]> {
  const { violations } = await (window as unknown as { axe: typeof axe }).axe.run();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" | ")}`);
}
