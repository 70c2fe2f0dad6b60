/** Where files are written, counted from the recording's folder; nowhere where it is empty. */
export const REPORT = { json: "", csv: "" };
