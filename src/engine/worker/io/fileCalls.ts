import { bytesOf, modeOf, optionOf, pathOf } from "./fileArguments.ts";
import type { FileUse, OpenedAs } from "./fileLog.ts";
import type { OpenFiles } from "./openFiles.ts";

/** How a call of one of Node's functions is read. */
export interface FileCall {
  /** Which file it is about; undefined where that can't be known, or doesn't count. */
  file(args: readonly unknown[], self: unknown): OpenedAs | undefined;
  /** Of a call that counts and succeeded. */
  count?(use: FileUse, answer: unknown, args: readonly unknown[]): void;
  /** Of every call, before it. */
  closes?(args: readonly unknown[]): void;
  /** Of every call that succeeded. */
  opens?(answer: unknown, args: readonly unknown[]): void;
}

type Calls = ReadonlyMap<string, FileCall>;
type Count = NonNullable<FileCall["count"]>;

/** What looks at a path, lists, moves or removes it. */
const LOOKS = [
  "access",
  "chmod",
  "copyFile",
  "exists",
  "lstat",
  "mkdir",
  "readdir",
  "readlink",
  "realpath",
  "rename",
  "rm",
  "rmdir",
  "stat",
  "truncate",
  "unlink",
  "utimes",
];
/** What is done to an open file besides reading and writing, to its number and to its FileHandle. */
const ON_NUMBERS = ["fstat", "ftruncate", "fsync", "fdatasync"];
const ON_HANDLES = ["stat", "truncate", "sync", "datasync"];

const read: Count = (use, answer, [, options]) => {
  use.bytesRead += bytesOf(answer, optionOf(options, "encoding"));
};
const written: Count = (use, _, [, data, options]) => {
  use.bytesWritten += bytesOf(data, optionOf(options, "encoding"));
};

/** Functions that take a path, or an open file, by their names without `Sync`. */
export function pathCalls(open: OpenFiles): Calls {
  const at = (file: unknown, mode: string): OpenedAs | undefined => {
    const path = pathOf(file);
    return path === undefined ? open.get(file) : { path, mode };
  };
  /** @param options the place of `{ flag }` */
  const whole = (initial: string, options: number, count: Count): FileCall => ({
    file: (args) => at(args[0], modeOf(optionOf(args[options], "flag"), initial)),
    count(use, answer, args) {
      if (pathOf(args[0]) !== undefined) use.opened += 1;
      count(use, answer, args);
    },
  });
  const opening = ([path, flags]: readonly unknown[]): OpenedAs | undefined => at(path, modeOf(flags, "r"));
  const opens: FileCall = {
    file: opening,
    count(use) {
      use.opened += 1;
    },
    opens(answer, args) {
      const as = opening(args);
      if (as) open.opened(answer, as);
    },
  };
  const look: FileCall = { file: ([path]) => at(path, "") };
  return new Map([
    ["open", opens],
    ["readFile", whole("r", 1, read)],
    ["writeFile", whole("w", 2, written)],
    ["appendFile", whole("a", 2, written)],
    ...LOOKS.map((name) => [name, look] as const),
  ]);
}

/** Functions that take the number of an open file. */
export function numberCalls(open: OpenFiles): Calls {
  const file: FileCall["file"] = ([number]) => open.get(number);
  const reads: FileCall = {
    file,
    count(use, answer) {
      use.bytesRead += Number(answer);
    },
  };
  const writes: FileCall = {
    file,
    count(use, answer) {
      use.bytesWritten += Number(answer);
    },
  };
  const closes: FileCall = {
    file: () => undefined,
    closes([number]) {
      open.closing(number);
    },
  };
  return new Map([
    ["read", reads],
    ["readv", reads],
    ["write", writes],
    ["writev", writes],
    ["close", closes],
    ...ON_NUMBERS.map((name) => [name, { file }] as const),
  ]);
}

/** Methods of a FileHandle. */
export function handleCalls(open: OpenFiles): Calls {
  const file: FileCall["file"] = (_, self) => open.get(self);
  /** Their answers say how many bytes it were; the others' arguments are those of functions without the path. */
  const reads: FileCall = {
    file,
    count(use, answer) {
      use.bytesRead += (answer as { bytesRead: number }).bytesRead;
    },
  };
  const writes: FileCall = {
    file,
    count(use, answer) {
      use.bytesWritten += (answer as { bytesWritten: number }).bytesWritten;
    },
  };
  const writesAll: FileCall = {
    file,
    count(use, answer, args) {
      written(use, answer, [null, ...args]);
    },
  };
  const readsAll: FileCall = {
    file,
    count(use, answer, args) {
      read(use, answer, [null, ...args]);
    },
  };
  return new Map([
    ["read", reads],
    ["readv", reads],
    ["write", writes],
    ["writev", writes],
    ["readFile", readsAll],
    ["writeFile", writesAll],
    ["appendFile", writesAll],
    ...ON_HANDLES.map((name) => [name, { file }] as const),
  ]);
}
