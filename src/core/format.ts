import type { Bytes, Load, Milliseconds, Seconds, Share, Speed } from "./units.ts";

/**
 * The one formatter: three significant digits for durations and speeds, one decimal for percentages so that columns
 * add up, a narrow no-break space before a unit, a true minus sign.
 */
const SPACE = "\u202f";
const MINUS = "\u2212";

const withSign = (text: string): string => text.replace("-", MINUS);

/** Three significant digits, without an exponent: 0.123, 1.23, 12.3, 123, 1,230. */
export function formatNumber(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? "unknown" : withSign(value > 0 ? "∞" : "-∞");
  if (value === 0) return "0";
  // Rounded first, so that 9.996 becomes 10.0 and not 10.00.
  const rounded = Number(value.toPrecision(3));
  const digits = Math.max(0, 2 - Math.floor(Math.log10(Math.abs(rounded))));
  return withSign(
    rounded.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits }),
  );
}

/** What a stage found: whole numbers as they are, others in four significant digits, tiny and huge ones with an exponent. */
export function formatFigure(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const size = Math.abs(value);
  if (size >= 1e15 || (size > 0 && size < 1e-6)) return withSign(value.toExponential(3));
  if (Number.isInteger(value)) return formatCount(value);
  return withSign(value.toLocaleString("en-US", { maximumSignificantDigits: 4 }));
}

export function formatCount(value: number): string {
  return withSign(Math.round(value).toLocaleString("en-US"));
}

/** `1.23 µs`, `34.0 ms`, `2.73 s`, from two minutes on `2 min 24 s`. */
export function formatDuration(milliseconds: Milliseconds): string {
  const ms = Math.abs(milliseconds);
  if (ms >= 120_000) return formatMinutes(milliseconds / 1000);
  if (ms >= 999.5) return `${formatNumber(milliseconds / 1000)}${SPACE}s`;
  if (ms >= 0.9995 || ms === 0) return `${formatNumber(milliseconds)}${SPACE}ms`;
  if (ms >= 0.0009995) return `${formatNumber(milliseconds * 1000)}${SPACE}µs`;
  return `${formatNumber(milliseconds * 1e6)}${SPACE}ns`;
}

function formatMinutes(seconds: number): string {
  const whole = Math.round(Math.abs(seconds));
  const sign = seconds < 0 ? MINUS : "";
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  if (hours > 0) return `${sign}${hours}${SPACE}h ${minutes}${SPACE}min`;
  return `${sign}${minutes}${SPACE}min ${whole % 60}${SPACE}s`;
}

/** How long a recording is: `10.0 s`, `2 min 24 s`. */
export function formatSeconds(seconds: Seconds): string {
  return formatDuration(seconds * 1000);
}

/** A guess, in whole seconds, from two minutes on in whole minutes: `4 s`, `3 min`. */
export function formatAbout(seconds: Seconds): string {
  return seconds < 120
    ? `${Math.max(1, Math.ceil(seconds))}${SPACE}s`
    : `${Math.ceil(seconds / 60)}${SPACE}min`;
}

/** `12.4 %`; below a tenth of a percent but above nothing `< 0.1 %`. */
export function formatShare(share: Share): string {
  return percent(share);
}

/** A load reads as a percentage of real time: `1.9 %`. */
export function formatLoad(load: Load): string {
  return percent(load);
}

/** Half the width of a share's interval in points of percent, for `± 0.3 points`: one decimal, as shares have, and never `0.0`. */
export function formatError(error: Share): string {
  return Math.max(0.1, error * 100).toFixed(1);
}

function percent(part: number): string {
  if (part > 0 && part < 0.0005) return `<${SPACE}0.1${SPACE}%`;
  if (part >= 10) return withSign(`${formatCount(Math.round(part * 100))}${SPACE}%`);
  return withSign(`${(part * 100).toFixed(1)}${SPACE}%`);
}

/** `14.2×`, `35,400×`; `real time` is the caller's word. */
export function formatSpeed(speed: Speed | null): string {
  return speed === null ? "unknown" : `${formatNumber(speed)}×`;
}

/** A position in the recording: `1:32.4`, `1:02:03.0`. */
export function formatPosition(seconds: Seconds): string {
  const tenths = Math.round(seconds * 10);
  const total = Math.floor(tenths / 10);
  const hours = Math.floor(total / 3600);
  const minutes = Math.floor((total % 3600) / 60);
  const rest = `${String(total % 60).padStart(2, "0")}.${tenths % 10}`;
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, "0")}:${rest}` : `${minutes}:${rest}`;
}

/** `16.0 KB`, `372 MB`; 1 MB is 2²⁰ bytes. */
export function formatBytes(bytes: Bytes): string {
  const units = ["B", "KB", "MB", "GB", "TB"];
  let value = bytes as number;
  let step = 0;
  while (Math.abs(value) >= 999.5 && step < units.length - 1) {
    value /= 1024;
    step += 1;
  }
  return `${step === 0 ? Math.round(value) : formatNumber(value)}${SPACE}${units[step] ?? ""}`;
}

/** `44.1 kHz`, `8 kHz`. */
export function formatRate(hertz: number): string {
  return `${hertz / 1000}${SPACE}kHz`;
}

/** `mono`, `stereo`, `6 channels`. */
export function formatChannels(count: number): string {
  return count === 1 ? "mono" : count === 2 ? "stereo" : `${count} channels`;
}

/** `1 worker`, `4 workers`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}
