/** What the runtime of a lane needs besides its own flags: modules in a realm of their own, for AudioWorklets. */
export const LANE_EXEC_ARGV: readonly string[] = ["--experimental-vm-modules"];
