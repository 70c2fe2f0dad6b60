import { join } from "node:path";
import type { Benchmark } from "../bench.ts";
import { againstPeer } from "./againstPeer.ts";
import { lengths } from "./lengths.ts";
import { speedTable } from "./speedTable.ts";
import { writeTestSignal } from "./testSignal.ts";

const SECONDS = { quick: 10, usual: 100, full: 100 };

/** The mastering chain against its peer, the published speed table, and plain against optimised at any length. */
export const mastering: Benchmark = async (setting) => {
  const seconds = SECONDS[setting.extent];
  const recording = join(setting.folder, "signal.wav");
  setting.say(`test signal of ${seconds} s`);
  await writeTestSignal(recording, seconds);
  return [
    ...(await againstPeer(setting, recording)),
    ...(await speedTable(setting, recording)),
    ...(await lengths(setting)),
  ];
};
