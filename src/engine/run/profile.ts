import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { ProfileOutcome } from "../../protocol/engine.ts";
import { sha256OfFile } from "../audio/sha256OfFile.ts";
import { lookAtMachine } from "../monitor/lookAtMachine.ts";
import type { MachineLook } from "../monitor/machineLook.ts";
import type { Monitor } from "../monitor/monitor.ts";
import { RenderedAudio } from "../pool/renderedAudio.ts";
import { failureOf } from "./failures.ts";
import { measure } from "./measure.ts";
import { outcomeOf } from "./outcome.ts";
import { refuseHeapAfter } from "./refuseHeapAfter.ts";
import type { Session, SessionOptions } from "./session.ts";
import { refuseUnknown } from "./unknownParameters.ts";

/** One run, from a request to its outcome. @throws Failure */
export async function profile(session: Session): Promise<ProfileOutcome> {
  const { request, files, table, began, beganAt } = session;
  let rendered: RenderedAudio | undefined;
  let sha256 = "";
  const options: SessionOptions = {
    rendered: (piece: number) => rendered?.read(piece) ?? Promise.resolve(null),
    beforeLoading: async (signal) => {
      sha256 = await sha256OfFile(request.audio, signal);
    },
  };
  try {
    return await session.run(options, async (opened) => {
      const { source, machine, pipeline, pool, watch, memory, monitor, names } = opened;
      refuseUnknown(request, pipeline.stages);
      refuseHeapAfter(request.measure.heapAfter, pipeline.stages);
      if (pipeline.stages.some(({ readsAudio }) => readsAudio))
        rendered = await RenderedAudio.create(files.work, "A file stage hears the recording again from");
      const measured = await measure({
        request,
        source,
        pipeline,
        pool,
        watch,
        rendered: rendered ?? null,
        readAhead: session.readAhead,
        logicalCores: machine.logicalCores,
        workFolder: files.work,
        table,
        lookAtMachine: machineLooks(monitor),
        openLane: opened.openLane,
        explain: (error) => failureOf(error, table, names).message,
        isCancelled: () => session.isCancelled,
      });
      watch.enter("finishing");
      return outcomeOf({
        request,
        source,
        sha256,
        machine,
        pipeline,
        table,
        measured,
        notes: session.notes,
        movedBecause: opened.movedBecause,
        // Looks once more, which the memory's peak is told of.
        series: monitor.series,
        monitorCost: monitor.cost,
        memory: memory.facts,
        cancelled: session.isCancelled,
        began,
        beganAt,
        ownFolderUrl: pathToFileURL(join(files.library, "..", "..")).href,
        names,
        discardFolder: session.discardFolder,
      });
    });
  } finally {
    await rendered?.close();
  }
}

/** The machine as it is, and what of that is the run's own doing. */
function machineLooks(monitor: Monitor): () => MachineLook {
  const look = lookAtMachine();
  return () => look(monitor.look().cpuMs);
}
