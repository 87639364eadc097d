import { readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import Mocha from "mocha";
import mocharc from "../../.mocharc.json" with { type: "json" };
import { REPORT_VARIABLE, ReportingSpec, type RunReport } from "../../scripts/runner/reporter.ts";
import { redirectMochaOutput } from "../support/vscode/testOutput.ts";

/** Called by the extension host, that of the VS Code server as well as that of a desktop. */
export async function run(): Promise<void> {
	try {
		const failures = await runMocha();
		if (failures > 0) {
			throw new Error(`${failures} tests failed`);
		}
	} catch (error) {
		reportCrash(error);
		throw error;
	}
}

function runMocha(): Promise<number> {
	redirectMochaOutput();
	const mocha = new Mocha({ reporter: ReportingSpec, timeout: mocharc.timeout, forbidOnly: true });
	for (const file of readdirSync(__dirname).sort()) {
		if (file.endsWith(".test.cjs")) {
			mocha.addFile(join(__dirname, file));
		}
	}
	return new Promise((resolve) => mocha.run(resolve));
}

/** A run that could not begin has no reporter; without a report the runner would wait in vain. */
function reportCrash(error: unknown): void {
	const file = process.env[REPORT_VARIABLE];
	const failures = [error instanceof Error ? (error.stack ?? error.message) : String(error)];
	const report: RunReport = { passed: 0, failed: 1, skipped: [], failures };
	if (file !== undefined) {
		try {
			writeFileSync(file, JSON.stringify(report), { flag: "wx" });
		} catch {
			// The reporter wrote its own already.
		}
	}
}
