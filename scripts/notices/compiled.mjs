// What packages contain in compiled form without saying so in their manifests, and copyright lines of those that bring
// no licence file.

/** By package: the libraries inside its WebAssembly. `text` is a file beside this one. */
export const COMPILED = {
  "mpg123-decoder": [
    {
      name: "libmpg123",
      licence: "LGPL-2.1",
      text: "LGPL-2.1",
      copyright: "Copyright (c) 1995-2023 by Michael Hipp and others",
      note:
        "It is in dist/library/decoders/mp3.mjs, a file of its own that is loaded at run time, isn't minified, and may be\n" +
        "replaced by another build with the same exports. Its source is at https://www.mpg123.de and, as it was compiled,\n" +
        "at https://github.com/eshaz/wasm-audio-decoders.",
    },
  ],
  "@wasm-audio-decoders/flac": [
    {
      name: "libFLAC",
      licence: "BSD-3-Clause",
      text: "BSD-3-Clause-Xiph",
      copyright: "Copyright (C) 2000-2009 Josh Coalson\nCopyright (C) 2011-2025 Xiph.Org Foundation",
    },
  ],
  "@wasm-audio-decoders/ogg-vorbis": [
    {
      name: "libvorbis and libogg",
      licence: "BSD-3-Clause",
      text: "BSD-3-Clause-Xiph",
      copyright: "Copyright (c) 2002-2020 Xiph.org Foundation",
    },
  ],
  "opus-decoder": [
    {
      name: "libopus",
      licence: "BSD-3-Clause",
      text: "BSD-3-Clause-Xiph",
      copyright:
        "Copyright 2001-2023 Xiph.Org, Skype Limited, Octasic, Jean-Marc Valin, Timothy B. Terriberry, CSIRO,\n" +
        "Gregory Maxwell, Mark Borgerding, Erik de Castro Lopo, Mozilla, Amazon",
    },
  ],
  "@wasm-audio-decoders/common": [
    {
      name: "puff",
      licence: "Zlib",
      text: "Zlib",
      copyright: "Copyright (C) 2002-2013 Mark Adler, all rights reserved",
    },
  ],
};

/** Of packages without a licence file. */
export const COPYRIGHTS = {
  "mpg123-decoder": "Copyright (c) Ethan Halsall",
  "@wasm-audio-decoders/flac": "Copyright (c) Ethan Halsall",
  "@wasm-audio-decoders/ogg-vorbis": "Copyright (c) Ethan Halsall",
  "@wasm-audio-decoders/common": "Copyright (c) Ethan Halsall",
  "opus-decoder": "Copyright (c) Ethan Halsall",
};
