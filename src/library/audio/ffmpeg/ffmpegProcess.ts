import { spawn, type ChildProcessByStdio } from "node:child_process";
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

  constructor(program: string, path: string, onComplaint?: (line: string) => void) {
    this.#onComplaint = onComplaint;
    const input = ["-protocol_whitelist", "file", "-i", `file:${resolve(path)}`];
    const output = ["-map", "0:a:0", "-f", "wav", "-c:a", "pcm_f32le", "pipe:1"];
    this.#child = spawn(program, ["-nostdin", "-v", "error", ...input, ...output], {
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
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
