import { energy } from "../../library/levels/energy.ts";

/** Whether a sample is NaN or infinite: their mean square is, too, and that of numbers of 32 bits never. */
export const holdsNoNumber = (samples: Float32Array): boolean => !Number.isFinite(energy(samples));
