import { BLOCK_FRAMES } from "../shape.ts";

export const STAGES = ["quick", "usual", "slow"] as const;

/** Turns of a loop of divisions, a few nanoseconds each. */
const TURNS: Readonly<Record<(typeof STAGES)[number], number>> = {
  quick: 100_000,
  usual: 250_000,
  slow: 500_000,
};

/** A pipeline of stages, each of which adds up its own time by the system's clock and emits it at the end, in ms. */
export const stagesText = (): string => `export default {
  name: "Stages",
  blockFrames: ${BLOCK_FRAMES},
  stages: {
${STAGES.map(stageText).join("\n")}
  },
};
`;

/** All work is in a function of its own, so that compiling it falls between the clock's readings, too. */
const stageText = (stage: (typeof STAGES)[number]): string => `    ${stage}: ({ emit }) => {
      let own = 0n;
      const work = (voice) => {
        let level = voice[0];
        for (let i = 0; i < ${TURNS[stage]}; i += 1) level = 1 / (level + 1);
        voice[0] = level;
      };
      return {
        process({ channels: [voice] }) {
          const began = process.hrtime.bigint();
          work(voice);
          own += process.hrtime.bigint() - began;
        },
        finish() {
          emit("own", Number(own) / 1e6);
        },
      };
    },`;
