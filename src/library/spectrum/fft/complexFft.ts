import { BluesteinFft } from "./bluesteinFft.ts";
import { radicesOf, StockhamFft, type ComplexFft } from "./stockhamFft.ts";

/** Any size. */
export function complexFft(size: number): ComplexFft {
  const radices = radicesOf(size);
  return radices === null ? new BluesteinFft(size, complexFft) : new StockhamFft(size, radices);
}
