import type { Run } from "../run/run.ts";

/** The last part of a path, with as many folders in front as tell it from the run's other files: `plain/equaliser.ts`. */
export function nameInRun({ pipeline }: Pick<Run, "pipeline">, file: string): string {
  const others = pipeline.files.map((each) => each.file).filter((other) => other !== file);
  const parts = file.split("/");
  for (let count = 1; count < parts.length; count++) {
    const name = parts.slice(-count).join("/");
    if (!others.some((other) => other === name || other.endsWith(`/${name}`))) return name;
  }
  return file;
}
