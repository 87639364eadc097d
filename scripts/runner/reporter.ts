import { writeFileSync } from "node:fs";
import Mocha from "mocha";

/** What one mocha run says about itself, as JSON. */
export interface RunReport {
	readonly passed: number;
	readonly failed: number;
	/** Full titles of the tests that were skipped. */
	readonly skipped: readonly string[];
	readonly failures: readonly string[];
}

/** Names the file that the report goes to. */
export const REPORT_VARIABLE = "AGENT_LIVE_GRAPH_TEST_REPORT";

const { EVENT_RUN_END, EVENT_TEST_FAIL, EVENT_TEST_PASS, EVENT_TEST_PENDING } =
	Mocha.Runner.constants;

/** Mocha's usual output, and a report file at the end for whoever started the run. */
export class ReportingSpec extends Mocha.reporters.Spec {
	constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
		super(runner, options);
		let passed = 0;
		const failures: string[] = [];
		const skipped: string[] = [];
		runner.on(EVENT_TEST_PASS, () => passed++);
		runner.on(EVENT_TEST_FAIL, (test) => failures.push(test.fullTitle()));
		runner.on(EVENT_TEST_PENDING, (test) => skipped.push(test.fullTitle()));
		runner.once(EVENT_RUN_END, () => {
			const file = process.env[REPORT_VARIABLE];
			const report: RunReport = { passed, failed: failures.length, skipped, failures };
			if (file !== undefined) {
				writeFileSync(file, JSON.stringify(report));
			}
		});
	}
}
