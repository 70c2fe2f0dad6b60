import { fieldsAt, indexAt, listAt, numberAt, numberOr, type Fields } from "../fields.ts";
import { ProfileProblem } from "../problem.ts";
import { TOP, type StackPlace, type Stacks } from "./stacks.ts";

/** Frames as they were opened and closed. @returns from beginning to end, in milliseconds or what else is counted */
export function addEvents(profile: Fields, path: string, perUnit: number, stacks: Stacks): number {
  const events = listAt(profile["events"], `${path}.events`);
  const open: number[] = [];
  const places: StackPlace[] = [TOP];
  const start = numberOr(profile["startValue"], NaN);
  let now = start;
  const passUntil = (at: number): void => {
    if (open.length > 0) stacks.add(places.at(-1) ?? TOP, (at - now) * perUnit, 0);
    now = at;
  };
  events.forEach((value, index) => {
    const where = `${path}.events[${index}]`;
    const { type, frame, at } = fieldsAt(value, where);
    const time = numberAt(at, `${where}.at`);
    if (Number.isNaN(now)) now = time;
    if (time < now) throw new ProfileProblem(`${where} is earlier than the one before it`);
    const known = indexAt(frame, stacks.listed.length, `${where}.frame`);
    passUntil(time);
    if (type === "O") {
      open.push(known);
      places.push(stacks.below(places.at(-1) ?? TOP, known));
    } else if (type === "C") {
      if (open.pop() !== known)
        throw new ProfileProblem(`${where} closes a frame that isn't the last one opened`);
      places.pop();
    } else {
      throw new ProfileProblem(`${where}.type is neither "O" nor "C"`);
    }
  });
  // What a profiler that was stopped left open.
  const end = numberOr(profile["endValue"], now);
  if (end > now) passUntil(end);
  return Number.isNaN(start) || Number.isNaN(now) ? 0 : (now - start) * perUnit;
}
