import type { Finding, FindingKind } from "../../src/core/run/run.ts";
import type { Part } from "../parts/dom.ts";
import { addSection } from "../parts/dom.ts";
import { drawFindingList } from "../parts/findingList.ts";
import type { View } from "../view.ts";

/** Of all variants together. */
const KINDS: readonly FindingKind[] = ["sound-not-compared", "variant-left-out", "variants-cancelled"];

/** What is missing on this page, and what was noticed in a variant alone. */
export function drawVariantFindings(host: Part, view: View): void {
  const findings = view.run.findings.filter(isOfVariants);
  if (findings.length === 0) return;
  drawFindingList(addSection(host, "variant-findings", "Findings about the variants"), view, findings);
}

const isOfVariants = ({ kind, where }: Finding): boolean =>
  where?.variant !== undefined || KINDS.includes(kind);
