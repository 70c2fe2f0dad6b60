/** Every kind of file that the menu offers; the manifest lists the same. */
export const AUDIO_EXTENSIONS: readonly string[] = [
  ...["wav", "wave", "bwf", "w64", "rf64", "aif", "aiff", "aifc", "caf", "au", "snd"],
  ...[
    "mp3",
    "mp2",
    "flac",
    "ogg",
    "oga",
    "opus",
    "spx",
    "m4a",
    "m4b",
    "aac",
    "wma",
    "amr",
    "ac3",
    "mka",
    "weba",
  ],
  ...["3gp", "mp4", "m4v", "mov", "mkv", "webm", "avi"],
];
