import { formatBytes, formatNumber, formatShare, plural } from "../../../core/format.ts";
import type { Disturbance } from "../../../core/run/measured/disturbance.ts";
import type { OrUnknown } from "../../../core/run/orUnknown.ts";
import type { Finding } from "../../../core/run/run.ts";
import { worstOf, type PassDisturbance } from "../../monitor/disturbance.ts";

/** What keeps a figure from being mentioned: what nobody would see in it. */
const NOTHING = 0.0005;

/** That something else took of the machine while the durations were measured, how much, and what to do. Null where nothing did. */
export function disturbedFinding(passes: readonly PassDisturbance[], repeats: number): Finding | null {
  if (!passes.some(({ isDisturbed }) => isDisturbed)) return null;
  const facts = factsOf(worstOf(passes, repeats));
  const again = repeats === 0 ? "" : `, also when it was measured again (${plural(repeats, "repeat")})`;
  return {
    kind: "disturbed",
    severity: "warning",
    text: `The machine wasn't free while this was measured${again}: ${facts.join("; ")}. The durations may be longer than on a quiet machine. Close other programs, and run it again.`,
    where: null,
  };
}

function factsOf(worst: Disturbance): string[] {
  const { runQueueShare, throttledShare, stolenShare, swappedMB, otherLoad } = worst;
  return [
    fact(runQueueShare, (share) => `stages waited ${formatShare(share)} of their time for a free core`),
    fact(throttledShare, (share) => `the processor was held back ${formatShare(share)} of the time`),
    fact(stolenShare, (share) => `the host of this virtual machine took ${formatShare(share)} of it`),
    fact(swappedMB, (megabytes) => `${formatBytes(megabytes * 2 ** 20)} of memory were swapped`),
    fact(otherLoad, (cores) => `other programs kept ${formatNumber(cores)} cores busy`),
  ].filter((one) => one !== null);
}

const fact = (value: OrUnknown<number>, words: (value: number) => string): string | null =>
  value === "unknown" || value < NOTHING ? null : words(value);
