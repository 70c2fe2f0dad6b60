// Compiles the library's loops from AssemblyScript to WebAssembly.
import { join, relative } from "node:path";
import { main } from "assemblyscript/asc";

/** Writes kernels.wasm into the folder. @throws Error with the compiler's words */
export async function compileKernels(root, folder) {
  const written = relative(root, join(folder, "kernels.wasm"));
  const { error, stderr } = await main([
    "src/library/kernels/assembly/index.ts",
    ...["--baseDir", root],
    ...["--outFile", written],
    // No collector and no checks of allocations: the kernels allocate nothing.
    ...["--runtime", "stub", "--noAssert"],
    ...["--optimizeLevel", "3", "--enable", "simd"],
    // Keeps the functions' names, so that a profile can show them.
    "--debug",
  ]);
  if (error) throw new Error(`The kernels can't be compiled: ${error.message}\n${stderr.toString()}`);
}
