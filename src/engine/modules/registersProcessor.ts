import type { CallExpression, Program } from "acorn";
import { simple } from "acorn-walk";

const NAME = "registerProcessor";

/** Whether a program is an AudioWorklet's: it calls `registerProcessor` itself, and is no pipeline. */
export function registersProcessor(program: Program, text: string): boolean {
  if (!text.includes(NAME)) return false;
  const isPipeline = program.body.some(
    (node) => node.type === "ImportDeclaration" && node.source.value === "waveflame",
  );
  const called = new Set<string>();
  simple(program, {
    CallExpression(call) {
      called.add(calledName(call));
    },
  });
  return called.has(NAME) && !isPipeline;
}

function calledName({ callee }: CallExpression): string {
  if (callee.type === "Identifier") return callee.name;
  if (callee.type !== "MemberExpression" || callee.property.type !== "Identifier") return "";
  // `globalThis.registerProcessor`, not any object's method.
  return callee.object.type === "Identifier" && callee.object.name === "globalThis"
    ? callee.property.name
    : "";
}
