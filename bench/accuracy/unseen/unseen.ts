import type { Benchmark } from "../../bench.ts";
import { shareFigures } from "../shareFigures.ts";
import { delays } from "./delays.ts";
import { filters } from "./filters.ts";
import { spectra } from "./spectra.ts";
import { voices } from "./voices.ts";

const RUNS = { quick: 2, usual: 20, full: 100 };

/**
 * Line shares of ordinary audio code beside their truth. No constant of the profiler was fitted to these shapes and none of
 * them was changed after it had been measured, so that they tell whether the shown error holds elsewhere. Nothing is allocated: collections have no line, and come at other times
 * in the timed text.
 */
export const unseen: Benchmark = (setting) =>
  shareFigures([filters, delays, voices, spectra], RUNS[setting.extent], setting);
