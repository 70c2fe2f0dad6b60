import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A folder of its own for each test of the enclosing suite; removed after it. */
export function temporaryFolder(): { readonly path: string } {
  const folder = { path: "" };
  beforeEach(() => {
    folder.path = realpathSync(mkdtempSync(join(tmpdir(), "waveflame test ü ")));
  });
  afterEach(() => {
    rmSync(folder.path, { recursive: true, force: true, maxRetries: 5 });
  });
  return folder;
}
