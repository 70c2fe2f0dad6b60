import { spellingAdvice } from "../../core/names/nearestName.ts";
import { ownerOf } from "../../core/names/parameterNames.ts";
import type { ProfileRequest } from "../../protocol/engine.ts";
import { Failure } from "../failure.ts";
import type { LoadedPipeline } from "../worker/lane/laneProtocol.ts";

type Stage = Pick<LoadedPipeline["stages"][number], "name" | "variants" | "parameters" | "undeclared">;

export interface UnknownParameter {
  /** Null where no stage has the name that it was given for. */
  readonly stage: string | null;
  /** What is wrong, without a full stop. */
  readonly problem: string;
  /** What it did to the run. */
  readonly effect: string;
  readonly advice: string;
}

/** The values that were given and that no stage declares, each with the name that was meant where one is near. */
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
    problem: `No stage has a variant "${name}"`,
    effect: "so all ran as written",
    advice: spellingAdvice(name, variants),
  };
}

function unknown(key: string, stages: readonly Stage[]): UnknownParameter | null {
  const shared = stages.flatMap(declaredBy);
  const qualified = stages.flatMap((stage) =>
    [...declaredBy(stage), "variant"].map((own) => `${stage.name}.${own}`),
  );
  if (shared.includes(key) || qualified.includes(key)) return null;
  const owner = ownerOf(
    key,
    stages.map(({ name }) => name),
  );
  const stage = stages.find(({ name }) => name === owner);
  if (!stage) {
    return {
      stage: null,
      problem: `No stage declares the parameter "${key}"`,
      effect: "so it changed nothing",
      advice: spellingAdvice(key, key.includes(".") ? qualified : [...shared, "variant"]),
    };
  }
  const own = key.slice(stage.name.length + 1);
  // It is handed over all the same: a stage may read what it doesn't declare.
  return {
    stage: stage.name,
    problem: `Stage "${stage.name}" declares no parameter "${own}"`,
    effect: "so it may have changed nothing",
    advice: spellingAdvice(own, declaredBy(stage)),
  };
}

/** Before the run: what was given for it alone must reach a stage. @throws Failure */
export function refuseUnknown(
  { parameters, ownParameters }: Pick<ProfileRequest, "parameters" | "ownParameters">,
  stages: readonly Stage[],
): void {
  const own = Object.fromEntries(Object.entries(parameters).filter(([key]) => ownParameters.includes(key)));
  const lost = unknownAmong(own, stages).find(({ stage }) => stage === null);
  if (lost) throw new Failure("stage", `${lost.problem}. ${lost.advice}`);
}

const declaredBy = ({ parameters, undeclared }: Stage): string[] =>
  Object.keys(parameters).filter((key) => !undeclared.includes(key));
