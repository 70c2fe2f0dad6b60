import { definePipeline } from "waveflame";
import { work } from "./kernel.ts";

export default definePipeline({
  name: "Work",
  blockFrames: 4096,
  stages: {
    work: {
      scope: "block",
      create:
        () =>
        ({ channels }) => {
          for (const samples of channels) work(samples);
        },
    },
  },
});
