// Mocha's own report, and the counts for the last line of `npm test`.
import { writeFileSync } from "node:fs";
import mocha from "mocha";

export default class CountingReporter extends mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once("end", () => {
      const { passes, failures } = this.stats;
      writeFileSync(process.env.WAVEFLAME_COUNTS, JSON.stringify({ passed: passes, failed: failures }));
    });
  }
}
