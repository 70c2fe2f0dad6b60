import assert from "node:assert/strict";
import { profileRequest } from "../../src/client/profiling/requests.ts";
import { readSettings, type SettingKey } from "../../src/client/settings/settings.ts";
import type { ProfileRequest } from "../../src/protocol/engine.ts";

const MB = 2 ** 20;

describe("a request", () => {
  const marks = (set: Partial<Record<SettingKey, number>>): ProfileRequest["memoryMarks"] =>
    profileRequest({
      ...{ audio: "a.wav", pipeline: "p.ts", workspace: null, runtimeSource: "path", waveflame: "0.0.0" },
      ...{ machine: null, settings: readSettings((key) => set[key]).settings },
    }).memoryMarks;

  it("has the memory marks that are set", () => {
    assert.deepEqual(marks({ "memory.highWaterMB": 300, "memory.criticalMB": 400 }), {
      highWater: 300 * MB,
      critical: 400 * MB,
    });
  });

  it("has everything given up before the memory is so full that the run is ended", () => {
    const { critical } = marks({ memoryLimitMB: 1000, "memory.criticalMB": 4000 });
    assert.equal(critical, 900 * MB);
  });

  it("tells parameters of this run from those of the settings, which may be meant for other pipelines", () => {
    const { settings } = readSettings((key) => (key === "parameters" ? { ratio: 4, gain: 1 } : undefined));
    const request = profileRequest({
      ...{ audio: "a.wav", pipeline: "p.ts", workspace: null, runtimeSource: "path", waveflame: "0.0.0" },
      ...{ machine: null, settings, parameters: { gain: 2, "a.b": "c" } },
    });
    assert.deepEqual(request.parameters, { ratio: 4, gain: 2, "a.b": "c" });
    assert.deepEqual(request.ownParameters, ["gain", "a.b"]);
  });
});
