import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { runNode } from "./childRun.ts";
import { colorEnvironment } from "./colors.ts";
import { isolate } from "./isolation.ts";
import { REPORT_VARIABLE, type RunReport } from "./reporter.ts";

/** A run that leaves no report has died; one without a test has tested nothing. Both failed. */
export async function runReported(
	args: readonly string[],
	limit: number,
	isQuiet = false,
): Promise<RunReport> {
	const home = isolate();
	const file = join(home.folder, "report.json");
	try {
		const end = await runNode(args, {
			env: { ...home.env, ...colorEnvironment, [REPORT_VARIABLE]: file },
			limit,
			isQuiet,
		});
		if (end.isTimedOut) {
			return failure(`did not end within ${limit / 1000} s`);
		}
		if (!existsSync(file)) {
			return failure(`ended with ${end.code ?? "a signal"} and no report`);
		}
		const report: RunReport = JSON.parse(readFileSync(file, "utf8"));
		const total = report.passed + report.failed + report.skipped.length;
		return total === 0 ? failure("ran no test") : report;
	} finally {
		home.remove();
	}
}

function failure(text: string): RunReport {
	return { passed: 0, failed: 1, skipped: [], failures: [text] };
}
