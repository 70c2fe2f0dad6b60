import os from "node:os";
import si from "systeminformation";
import type { Gpu, Machine } from "../../core/run/run.ts";
import type { OrUnknown } from "../../core/run/orUnknown.ts";

/** No fact is worth waiting longer for. */
const PATIENCE_MS = 1500;

/** What this machine is; what can't be told in time, or until the signal, is "unknown". */
export async function machineFacts(signal?: AbortSignal): Promise<Machine> {
  const [cpu, flags, disks, graphics] = await Promise.all([
    inTime(si.cpu(), signal),
    inTime(si.cpuFlags(), signal),
    inTime(si.diskLayout(), signal),
    inTime(si.graphics(), signal),
  ]);
  return {
    platform: `${process.platform} ${os.release()}`,
    architecture: process.arch,
    cpu: nameOf(cpu),
    frequencyGHz: cpu && cpu.speed > 0 ? cpu.speed : "unknown",
    physicalCores: cpu && cpu.physicalCores > 0 ? cpu.physicalCores : "unknown",
    logicalCores: os.availableParallelism(),
    memoryGB: os.totalmem() / 2 ** 30,
    disk: diskOf(disks?.[0]?.type),
    gpus: graphics ? graphics.controllers.map(gpuOf) : "unknown",
    simd: simdOf(flags),
  };
}

async function inTime<T>(answer: Promise<T>, signal?: AbortSignal): Promise<T | undefined> {
  let giveUp = (): void => undefined;
  const late = new Promise<undefined>((resolve) => {
    giveUp = () => {
      resolve(undefined);
    };
  });
  const timer = setTimeout(giveUp, PATIENCE_MS);
  signal?.addEventListener("abort", giveUp, { once: true });
  try {
    return await Promise.race([answer, late]);
  } catch {
    return undefined;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", giveUp);
  }
}

function nameOf(cpu: si.Systeminformation.CpuData | undefined): OrUnknown<string> {
  const name = cpu ? `${cpu.manufacturer} ${cpu.brand}`.trim() : (os.cpus()[0]?.model.trim() ?? "");
  return name === "" ? "unknown" : name;
}

function diskOf(type: string | undefined): OrUnknown<"SSD" | "HDD"> {
  if (type === "SSD" || type === "NVMe") return "SSD";
  return type === "HD" ? "HDD" : "unknown";
}

const gpuOf = ({ model, vendor, vram }: si.Systeminformation.GraphicsControllerData): Gpu => ({
  name: model || vendor || "unknown",
  memoryMB: vram ?? "unknown",
});

const SIMD = /^(sse|sse2|ssse3|sse3|pni|sse4_1|sse4_2|avx|avx2|avx512\w*|fma|neon|asimd)$/;

/** Windows lists flags only up to SSE2, so a missing one there says nothing. */
function simdOf(flags: string | undefined): OrUnknown<readonly string[]> {
  if (process.arch === "arm64") return ["neon"];
  if (!flags || process.platform === "win32") return "unknown";
  const found = flags
    .toLowerCase()
    .split(/\s+/)
    .map((flag) => flag.replace(/^sse4\.(\d)$/, "sse4_$1").replace(/^avx1\.0$/, "avx"))
    .filter((flag) => SIMD.test(flag))
    // Linux writes SSE3 by its first name.
    .map((flag) => (flag === "pni" ? "sse3" : flag === "asimd" ? "neon" : flag));
  return [...new Set(found)];
}
