export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** Of the system's errors: `ENOENT`. */
export const codeOf = (error: unknown): string | undefined =>
  error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
