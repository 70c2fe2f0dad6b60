/**
 * When a run was made, as people say it: `today 14:32`, `yesterday 09:05`, `3 Nov 14:32`; in the reader's time zone.
 *
 * @param time ISO 8601, as runs hold it
 */
export function formatRunTime(time: string, now: Date): string {
  const made = new Date(time);
  const clock = made.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const days = Math.round((midnight(now) - midnight(made)) / 86_400_000);
  if (days === 0) return `today ${clock}`;
  if (days === 1) return `yesterday ${clock}`;
  const year = made.getFullYear() === now.getFullYear() ? {} : ({ year: "numeric" } as const);
  return `${made.toLocaleDateString("en-GB", { day: "numeric", month: "short", ...year })} ${clock}`;
}

function midnight(time: Date): number {
  return new Date(time.getFullYear(), time.getMonth(), time.getDate()).getTime();
}
