import assert from "node:assert/strict";
import {
  followEdits,
  measuredLineAt,
  placeOf,
  trackText,
  type TextEdit,
  type TrackedText,
} from "../../src/core/lines/lineTracking.ts";

const CODE = [
  "process(block) {",
  "  for (const x of left) {",
  "    level = Math.max(x, level);",
  "    energy += x * x;",
  "  }",
  "}",
].join("\n");

const untouched = (text = CODE): TrackedText => trackText(text, text);

/** An edit of one place; lines from 1 as a person counts them, characters from 0. */
const at = (
  startLine: number,
  startCharacter: number,
  endLine: number,
  endCharacter: number,
  text: string,
): TextEdit => ({ startLine: startLine - 1, startCharacter, endLine: endLine - 1, endCharacter, text });

const insert = (line: number, character: number, text: string): TextEdit =>
  at(line, character, line, character, text);

/** `3>4 4>5! 5>-`: measured line > present line, `!` edited since, `-` gone. */
function drawn(tracked: TrackedText): string {
  return tracked.measured
    .map((_, index) => {
      const place = placeOf(tracked, index + 1);
      return `${index + 1}>${place ? `${place.line}${place.fresh ? "" : "!"}` : "-"}`;
    })
    .join(" ");
}

const edited = (...edits: TextEdit[]): string => drawn(followEdits(untouched(), edits));

describe("measured lines follow edits", () => {
  it("stays where nothing happened", () => {
    assert.equal(drawn(untouched()), "1>1 2>2 3>3 4>4 5>5 6>6");
  });

  it("moves down by lines inserted above", () => {
    assert.equal(edited(insert(1, 0, "// one\n// two\n")), "1>3 2>4 3>5 4>6 5>7 6>8");
  });

  it("moves up by a line deleted above", () => {
    assert.equal(edited(at(2, 0, 3, 0, "")), "1>1 2>- 3>2 4>3 5>4 6>5");
  });

  it("isn't moved by edits below", () => {
    assert.equal(edited(insert(5, 3, "\n  more();")), "1>1 2>2 3>3 4>4 5>5 6>7");
  });

  it("is edited by a letter typed into it", () => {
    assert.equal(edited(insert(3, 12, "x")), "1>1 2>2 3>3! 4>4 5>5 6>6");
  });

  it("is fresh again when the letter is taken back", () => {
    assert.equal(edited(insert(3, 12, "x"), at(3, 12, 3, 13, "")), "1>1 2>2 3>3 4>4 5>5 6>6");
  });

  it("stays fresh when Enter is pressed at its end, before its first letter, or before it", () => {
    assert.equal(edited(insert(3, 31, "\n    ")), "1>1 2>2 3>3 4>5 5>6 6>7");
    assert.equal(edited(insert(3, 4, "\n    ")), "1>1 2>2 3>4 4>5 5>6 6>7");
    assert.equal(edited(insert(3, 0, "\n")), "1>1 2>2 3>4 4>5 5>6 6>7");
  });

  it("goes with the larger part when it is broken in two", () => {
    assert.equal(edited(insert(3, 12, "\n")), "1>1 2>2 3>4! 4>5 5>6 6>7");
  });

  it("keeps to the original beside its copy", () => {
    const copy = "    level = Math.max(x, level);";
    assert.equal(edited(insert(3, 0, `${copy}\n`)), "1>1 2>2 3>4 4>5 5>6 6>7");
    assert.equal(edited(insert(3, 31, `\n${copy}`)), "1>1 2>2 3>3 4>5 5>6 6>7");
  });

  it("comes back when a deletion is undone", () => {
    const line = "    level = Math.max(x, level);\n";
    assert.equal(edited(at(3, 0, 4, 0, "")), "1>1 2>2 3>- 4>3 5>4 6>5");
    assert.equal(edited(at(3, 0, 4, 0, ""), insert(3, 0, line)), "1>1 2>2 3>3 4>4 5>5 6>6");
  });

  it("comes back when everything was deleted and undone", () => {
    assert.equal(edited(at(1, 0, 6, 1, ""), insert(1, 0, CODE)), "1>1 2>2 3>3 4>4 5>5 6>6");
  });

  it("follows several carets at once, as editors report them", () => {
    assert.equal(edited(insert(4, 4, "a\n"), insert(3, 4, "b")), "1>1 2>2 3>3! 4>5! 5>6 6>7");
  });

  it("reads the line under the cursor backwards", () => {
    const tracked = followEdits(untouched(), [insert(1, 0, "\n")]);
    assert.equal(measuredLineAt(tracked, 4), 3);
    assert.equal(measuredLineAt(tracked, 1), null);
  });
});

describe("measured lines in a text that changed meanwhile", () => {
  const reopened = (present: string): string => drawn(trackText(CODE, present));

  it("takes another kind of line end for the same text", () => {
    assert.equal(reopened(CODE.replaceAll("\n", "\r\n")), "1>1 2>2 3>3 4>4 5>5 6>6");
  });

  it("finds unchanged lines and marks the changed one", () => {
    const present = `// new\n${CODE.replace("x * x", "x ** 2")}`;
    assert.equal(reopened(present), "1>2 2>3 3>4 4>5! 5>6 6>7");
  });

  it("pairs a changed line with the likest of several", () => {
    const present = CODE.replace(
      "    energy += x * x;",
      "    const square = x * x;\n    energy += square;\n    peak(x);",
    );
    assert.equal(reopened(present), "1>1 2>2 3>3 4>5! 5>7 6>8");
  });

  it("loses what is gone", () => {
    assert.equal(reopened(""), "1>- 2>- 3>- 4>- 5>- 6>-");
    assert.equal(reopened(CODE.replace("    energy += x * x;\n", "")), "1>1 2>2 3>3 4>- 5>4 6>5");
  });

  it("has no place for a line that was never there", () => {
    assert.equal(placeOf(untouched(), 99), null);
  });
});
