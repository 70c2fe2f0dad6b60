const outputs = [process.stdout, process.stderr].map((stream) => ({
  stream,
  write: stream.write.bind(stream),
}));

/** What the pipeline prints is shown once, for the timed pass, however often a pass is repeated. */
export function muteOutput(mute: boolean): void {
  for (const { stream, write } of outputs) stream.write = mute ? () => true : write;
}
