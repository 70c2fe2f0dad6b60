import { Channel, type Message } from "../protocol/channel.ts";
import type { EngineClientMethods, EngineMethods, ProfileRequest } from "../protocol/engine.ts";
import { Failure } from "./failure.ts";
import { leaveNothing } from "./leaveNothing.ts";
import { engineFiles, ProfileJob } from "./run/profile.ts";

/** The engine: a child process that lives for the runs of whoever forked it. */
const [, , workFolder = ""] = process.argv;
let job: ProfileJob | undefined;

const methods: EngineMethods = {
  async profile(request: ProfileRequest) {
    if (job) throw new Failure("engine", "The engine is busy with another run. Wait for it or cancel it.");
    job = new ProfileJob(
      request,
      engineFiles(__dirname, workFolder),
      (progress) => {
        client.tell("progress", progress);
      },
      (held) => {
        client.tell("memory", held);
      },
    );
    try {
      return await job.run();
    } finally {
      job = undefined;
    }
  },
  cancel() {
    job?.cancel();
  },
};

const client = new Channel<EngineClientMethods>(
  {
    post(message) {
      process.send?.(message);
    },
    listen(receive) {
      process.on("message", (message: Message) => {
        receive(message);
      });
    },
  },
  methods,
);

// Whoever forked it is gone, and with it who would clean up.
process.on("disconnect", () => {
  leaveNothing(workFolder);
});
