import type { ChildProcessByStdio } from "node:child_process";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { messageOf } from "../messageOf.ts";

/** One run of ffmpeg that writes the first sound of a file as WAV of floats. */
export class FfmpegProcess {
  readonly #child: ChildProcessByStdio<null, Readable, Readable>;
  readonly #ended: Promise<void>;
  readonly #onComplaint: ((line: string) => void) | undefined;
  #complaints = "";
  #lastComplaint = "";
  #code: number | null = null;

  private constructor(
    child: ChildProcessByStdio<null, Readable, Readable>,
    onComplaint: ((line: string) => void) | undefined,
  ) {
    this.#child = child;
    this.#onComplaint = onComplaint;
    this.#child.stderr.setEncoding("utf8").on("data", (text: string) => {
      this.#hear(text);
    });
    this.#ended = new Promise((settle) => {
      this.#child.once("error", (error) => {
        this.#hear(`${messageOf(error)}\n`);
        settle();
      });
      this.#child.once("close", (code) => {
        this.#code = code;
        settle();
      });
    });
  }

  /** @param onComplaint told of each line that it prints */
  static async start(
    program: string,
    path: string,
    onComplaint?: (line: string) => void,
  ): Promise<FfmpegProcess> {
    // Only now: whoever just imports the library needn't wait for this module.
    const { spawn } = await import("node:child_process");
    // No playlist may lead into the network.
    const input = ["-protocol_whitelist", "file", "-i", `file:${resolve(path)}`];
    const output = ["-map", "0:a:0", "-f", "wav", "-c:a", "pcm_f32le", "pipe:1"];
    const child = spawn(program, ["-nostdin", "-v", "error", ...input, ...output], {
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    return new FfmpegProcess(child, onComplaint);
  }

  get pieces(): AsyncIterable<Uint8Array<ArrayBuffer>> {
    return this.#child.stdout;
  }

  /** @returns what it said last where it failed */
  async end(): Promise<string | null> {
    await this.#ended;
    return this.#code === 0
      ? null
      : this.#lastComplaint || `it ended with exit code ${this.#code ?? "unknown"}`;
  }

  kill(): void {
    this.#child.stdout.destroy();
    this.#child.kill("SIGKILL");
  }

  #hear(text: string): void {
    const lines = (this.#complaints + text).split(/\r?\n/);
    this.#complaints = lines.pop() ?? "";
    for (const line of lines.filter((one) => one.trim() !== "")) {
      // Without the decoder's name and address, and the file's path: `[aac @ 0x55d0] `, `file:/take.m4a: `.
      this.#lastComplaint = line.replace(/^(\[[^\]]*\]\s*|file:.*?: )+/, "").trim();
      this.#onComplaint?.(this.#lastComplaint);
    }
  }
}
