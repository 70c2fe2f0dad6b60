import { Channel, type Message } from "../protocol/channel.ts";
import type { EngineClientMethods, EngineMethods, ProfileRequest, SoundRequest } from "../protocol/engine.ts";
import { Failure } from "./failure.ts";
import { leaveNothing } from "./leaveNothing.ts";
import { engineFiles } from "./run/engineFiles.ts";
import { profile } from "./run/profile.ts";
import { Session } from "./run/session.ts";
import { compareSound } from "./sound/compareSound.ts";

/** The engine: a child process that lives for the runs of whoever forked it. */
const [, , workFolder = ""] = process.argv;
let session: Session | undefined;

/** One job at a time. */
async function alone<T>(request: ProfileRequest, work: (session: Session) => Promise<T>): Promise<T> {
  if (session) throw new Failure("engine", "The engine is busy with another run. Wait for it or cancel it.");
  session = new Session(request, engineFiles(__dirname, workFolder), {
    progress: (progress) => {
      client.tell("progress", progress);
    },
    memory: (held) => {
      client.tell("memory", held);
    },
  });
  try {
    return await work(session);
  } finally {
    session = undefined;
  }
}

const methods: EngineMethods = {
  profile: (request: ProfileRequest) => alone(request, profile),
  compareSound: (request: SoundRequest) => alone(request, (opened) => compareSound(opened, request)),
  cancel() {
    session?.cancel();
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
