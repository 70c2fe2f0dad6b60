/**
 * What a pipeline writes has a draft beside it until it is complete. A run that is ended in the midst of it knows its drafts
 * by this folder in its work folder: it holds a file for each, and in that the draft's path.
 */
export const DRAFTS_FOLDER = "drafts";

/** Names that folder to the library, in every process and thread of a run; outside of the profiler nobody sets it. */
export const DRAFTS_VARIABLE = "WAVEFLAME_DRAFTS";

/** @param id eight hexadecimal digits */
export const draftName = (name: string, pid: number, id: string): string => `.${name}.${pid}-${id}.tmp`;

/** Asked before a draft is removed: folders for temporary files are everybody's, and what is listed there may be any path. */
export const isDraftName = (name: string): boolean => /^\..+\.\d+-[\da-f]{8}\.tmp$/s.test(name);
