// Compiles the library's loops from AssemblyScript to WebAssembly.
import { join, relative } from "node:path";
import { main } from "assemblyscript/asc";

/** Writes kernels.wasm and spectrumLoops.wasm into the folder. @throws Error with the compiler's words */
export async function compileKernels(root, folder) {
  await compile(root, "src/library/kernels/assembly/index.ts", join(folder, "kernels.wasm"));
  // These run in the memory of the FFT.
  const loops = join(folder, "spectrumLoops.wasm");
  await compile(root, "src/library/spectrum/loops/assembly/index.ts", loops, "--importMemory");
}

async function compile(root, source, file, ...options) {
  const { error, stderr } = await main([
    source,
    ...["--baseDir", root],
    ...["--outFile", relative(root, file)],
    // No collector and no checks of allocations: the kernels allocate nothing.
    ...["--runtime", "stub", "--noAssert"],
    ...["--optimizeLevel", "3", "--enable", "simd"],
    // Keeps the functions' names, so that a profile can show them.
    "--debug",
    ...options,
  ]);
  if (error) throw new Error(`${source} can't be compiled: ${error.message}\n${stderr.toString()}`);
}
