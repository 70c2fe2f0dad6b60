import { LinuxUsage } from "./linux/linuxUsage.ts";
import { OtherUsage, type OtherUsageOptions } from "./otherUsage.ts";
import type { UsageReader } from "./usage.ts";

/** Whether this system says at once what a process started. */
export const FINDS_CHILDREN = process.platform === "linux";

export const usageReader = (options: OtherUsageOptions): UsageReader =>
  FINDS_CHILDREN ? new LinuxUsage(options) : new OtherUsage(options);
