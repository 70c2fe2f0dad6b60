/**
 * The scope of an AudioWorklet, for processors in TypeScript: TypeScript has no library of it. Interfaces and functions add
 * to those of lib.dom and @types/audioworklet where a user has them, and variables have the very types that are there.
 */
export const WORKLET_SCOPE = `// What a file that calls registerProcessor finds in its scope, and no other file.
interface MessageEvent<T = any> {
  readonly data: T;
}
interface MessagePort {
  onmessage: ((this: MessagePort, ev: MessageEvent) => any) | null;
  postMessage(message: any): void;
}
interface AudioWorkletProcessor {
  readonly port: MessagePort;
}
declare var AudioWorkletProcessor: {
  prototype: AudioWorkletProcessor;
  new (): AudioWorkletProcessor;
};
declare function registerProcessor(name: string, processor: new (options: any) => AudioWorkletProcessor): void;
/** In Hz. */
declare var sampleRate: number;
/** Of the first frame in the block that is processed. */
declare var currentFrame: number;
/** The same in seconds. */
declare var currentTime: number;
`;
