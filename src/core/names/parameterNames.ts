/** The stage that `stage.key` is a parameter of; where one's name is the beginning of another's, the longer one. Null where none is. */
export function ownerOf(parameter: string, stages: readonly string[]): string | null {
  const owners = stages.filter((stage) => parameter.startsWith(`${stage}.`));
  return owners.sort((a, b) => b.length - a.length)[0] ?? null;
}
