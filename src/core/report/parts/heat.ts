import type { Share } from "../../units.ts";
import type { Style } from "../terminalText.ts";

/** From here on a share is called hot, and warm. */
const HOT: Share = 0.2;
const WARM: Share = 0.05;

export const heat = (share: Share): Style => (share >= HOT ? "hot" : share >= WARM ? "warm" : "plain");
