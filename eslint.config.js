import js from "@eslint/js";
import tseslint from "typescript-eslint";

/** The third column of the design's table of rooms: which rooms a room may import, besides itself. */
const ROOMS = {
  core: [],
  protocol: ["core"],
  library: ["core"],
  pipelines: [],
  engine: ["core", "library", "protocol"],
  client: ["core", "protocol"],
  host: ["core", "protocol", "client"],
};
const NODE_FREE = ["core", "protocol"];
const ALL = Object.keys(ROOMS);

const forbid = (regex, message) => ({ regex, message });
const outside = (room, allowed) =>
  forbid(
    `^(\\.\\./)+(?!\\.)(${ALL.filter((other) => other !== room && !allowed.includes(other)).join("|")}|extension|cli|webview-ui)(/|\\.ts$)`,
    `src/${room} may import ${["itself", ...allowed].join(", ")} (docs/architecture.md, Rooms).`,
  );
const noNode = forbid("^node:", "This room runs without Node.");
const noVscode = forbid("^vscode$", "Only src/host and src/extension.ts touch vscode.");
const noD3 = forbid("^d3-", "Drawing lives in webview-ui.");

const roomRules = ALL.map((room) => ({
  files: [`src/${room}/**/*.ts`],
  rules: {
    "no-restricted-imports": [
      "error",
      {
        patterns: [
          outside(room, ROOMS[room]),
          noD3,
          ...(NODE_FREE.includes(room) ? [noNode] : []),
          ...(room === "host" ? [] : [noVscode]),
        ],
      },
    ],
  },
}));

export default tseslint.config(
  {
    ignores: [
      "dist/**",
      "out/**",
      "test/out/**",
      "media/**",
      "node_modules/**",
      "test/fixtures/**",
      "src/library/kernels/assembly/**",
      "src/library/spectrum/loops/assembly/**",
    ],
  },
  js.configs.recommended,
  {
    files: ["**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true },
      ],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/no-invalid-void-type": "off",
      // Over a typed array V8 takes five times as long for it as for an index.
      "@typescript-eslint/prefer-for-of": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/explicit-module-boundary-types": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    files: ["**/*.{js,mjs,cjs}"],
    languageOptions: {
      globals: {
        process: "readonly",
        console: "readonly",
        setTimeout: "readonly",
        clearTimeout: "readonly",
        setInterval: "readonly",
        clearInterval: "readonly",
        URL: "readonly",
        performance: "readonly",
        Buffer: "readonly",
        fetch: "readonly",
        AbortSignal: "readonly",
      },
    },
  },
  ...roomRules,
  {
    files: ["webview-ui/**/*.ts"],
    rules: {
      "no-restricted-imports": [
        "error",
        {
          patterns: [
            forbid("^(\\.\\./)+src/(?!core/|protocol/)", "The page may import src/core and src/protocol."),
            noNode,
            noVscode,
          ],
        },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      "@typescript-eslint/no-non-null-assertion": "off",
      "@typescript-eslint/no-unused-expressions": "off",
    },
  },
);
