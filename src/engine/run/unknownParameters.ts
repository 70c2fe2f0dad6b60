import { spellingAdvice } from "../../core/names/nearestName.ts";
import type { ProfileRequest } from "../../protocol/engine.ts";
import type { LoadedPipeline } from "../worker/lane/laneProtocol.ts";

type Stage = Pick<LoadedPipeline["stages"][number], "name" | "variants" | "parameters" | "undeclared">;

export interface UnknownParameter {
  /** Null where no stage has the name that it was given for. */
  readonly stage: string | null;
  readonly text: string;
}

/** A sentence for each value that was given and that no stage declares, with the name that was meant where one is near. */
export function unknownAmong(
  given: ProfileRequest["parameters"],
  stages: readonly Stage[],
): UnknownParameter[] {
  return Object.entries(given)
    .map(([key, value]) => (key === "variant" ? unknownVariant(String(value), stages) : unknown(key, stages)))
    .filter((found) => found !== null);
}

function unknownVariant(name: string, stages: readonly Stage[]): UnknownParameter | null {
  const variants = stages.flatMap((stage) => stage.variants);
  if (variants.includes(name)) return null;
  return {
    stage: null,
    text: `No stage has a variant "${name}", so all ran as written. ${spellingAdvice(name, variants)}`,
  };
}

function unknown(key: string, stages: readonly Stage[]): UnknownParameter | null {
  const shared = stages.flatMap(declaredBy);
  const qualified = stages.flatMap((stage) =>
    [...declaredBy(stage), "variant"].map((own) => `${stage.name}.${own}`),
  );
  if (shared.includes(key) || qualified.includes(key)) return null;
  const stage = stages.find(({ name }) => key.startsWith(`${name}.`));
  if (!stage) {
    const advice = spellingAdvice(key, key.includes(".") ? qualified : [...shared, "variant"]);
    return {
      stage: null,
      text: `No stage declares the parameter "${key}", so it changed nothing. ${advice}`,
    };
  }
  const own = key.slice(stage.name.length + 1);
  // It is handed over all the same: a stage may read what it doesn't declare.
  return {
    stage: stage.name,
    text: `Stage "${stage.name}" declares no parameter "${own}", so it may have changed nothing. ${spellingAdvice(own, declaredBy(stage))}`,
  };
}

const declaredBy = ({ parameters, undeclared }: Stage): string[] =>
  Object.keys(parameters).filter((key) => !undeclared.includes(key));
