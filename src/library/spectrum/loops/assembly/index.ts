// Loops over the memory of whoever instantiates them: this module has no data of its own. Spectra are interleaved bins, eight bytes each.
export { addProducts, multiply, scale } from "./weights";
export { magnitudes, magnitudeSum, powers, powerSum, rise } from "./bins";
export { logPowerSum } from "./levels";
