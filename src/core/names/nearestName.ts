import leven from "leven";

/** Farther apart two names are different words, not one misspelt; two letters that changed places are two apart. */
const mostApart = (name: string): number => Math.max(2, 0.4 * name.length);

/** The known name that was probably meant; null where none is near. */
export function nearestName(name: string, known: readonly string[]): string | null {
  const [nearest] = [...new Set(known)]
    .map((candidate) => ({ candidate, apart: leven(name.toLowerCase(), candidate.toLowerCase()) }))
    .filter(({ candidate, apart }) => apart <= mostApart(name) && apart < candidate.length)
    .sort((a, b) => a.apart - b.apart);
  return nearest?.candidate ?? null;
}

/** What to do about a name that isn't known. */
export function spellingAdvice(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === null ? "Check its spelling." : `Did you mean "${nearest}"?`;
}
