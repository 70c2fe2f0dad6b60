/** In the work folder of a run: what V8 says of code that it took back, and makes while blocks are looked at, a file for each thread. */
export const DEOPT_FOLDER = "deoptimisations";
/** Before it stand the isolate and the process that write it. */
export const DEOPT_LOG = "v8.log";
