import {
  calledIn,
  loopIn,
  pipelineText,
  timedCalls,
  timedLoop,
  turnsOf,
  WORK,
  type Shape,
} from "../shape.ts";

const IN = "voices";
/** Methods, own and inherited, private fields behind accessors, constructors with a base class, a static method: clocks around the loops that call them. */
export const classes: Shape = {
  name: "classes",
  title: "classes",
  targets: [
    calledIn(IN, "method", 0.15, "method"),
    calledIn(IN, "inherited", 0.15, "inherited method that calls an own one"),
    calledIn(IN, "accessor", 0.15, "accessors of a private field"),
    calledIn(IN, "constructed", 0.15, "constructors"),
    calledIn(IN, "still", 0.15, "static method"),
    loopIn(IN, "busy", 0.1, "loop in a method"),
    loopIn(IN, "last", 0.15, "loop after"),
  ],
  files: (turns, clock) => {
    return {
      "classes.pipeline.ts": pipelineText(
        "Classes",
        'import { Filter, kept, Note } from "./voices.ts";',
        clock,
        {
          [IN]: `() => {
      const filter = new Filter(0.25);
      return ({ channels: [voice] }: { channels: Float32Array[] }) => {
        let level = voice[0];
        ${timedCalls(turns, clock, "method", "level = filter.next(level);")}
        ${timedCalls(turns, clock, "inherited", "level = filter.twice(level);")}
        filter.level = level;
        ${timedCalls(turns, clock, "accessor", "filter.level = filter.level;")}
        ${timedCalls(turns, clock, "constructed", "kept[i & 7] = new Note(i);")}
        ${timedCalls(turns, clock, "still", "level = Filter.soften(level);")}
        ${clock.begin("busy")}
        level = filter.busy(level);
        ${clock.end("busy")}
        ${timedLoop(turns, clock, "last", WORK.divide)}
        voice[0] = level + kept.length;
      };
    }`,
        },
      ),
      "voices.ts": `class Base {
  protected gain: number;
  constructor(gain: number) {
    this.gain = gain;
  }
  twice(level: number): number { // inherited
    return this.bend(1 / (level + this.gain)); // inherited
  }
  bend(level: number): number {
    return level;
  }
}

export class Filter extends Base {
  #level = 0.5;
  static soften(level: number): number { // still
    return (level + 0.5) / (1 + level * level); // still
  }
  next(level: number): number { // method
    return level / (1 + this.gain * level); // method
  }
  override bend(level: number): number { // inherited
    return 1 / (level + this.gain); // inherited
  }
  get level(): number { // accessor
    return 1 / (1 + this.#level); // accessor
  }
  set level(level: number) { // accessor
    this.#level = level * 0.75; // accessor
  }
  busy(level: number): number {
    for (let i = 0; i < ${turnsOf(turns, "busy")}; i += 1) ${WORK.sine} // busy
    return level;
  }
}

class Sound {
  start: number;
  constructor(start: number) { // constructed
    for (let i = 0; i < 100; i += 1) start = (start * 5 + 3) & 1023; // constructed
    this.start = start; // constructed
  }
}

export class Note extends Sound {
  level: number;
  constructor(start: number) { // constructed
    super(start); // constructed
    for (let i = 0; i < 100; i += 1) start = (start * 7 + 1) & 1023; // constructed
    this.level = start; // constructed
  }
}

export const kept: Note[] = [];
`,
    };
  },
};
