import { apt, canUseApt } from "./apt.ts";
import type { SetupStep } from "./steps.ts";
import { findProgram } from "./which.ts";

/** Programs that tests run; each is also the name of its Debian package. */
const programs = ["jq", "shellcheck", "busybox", "sqlite3", "strace"] as const;

/** Names of the programs that are not there. The tests that need them are skipped. */
export function missingPrograms(): string[] {
	return programs.filter((program) => findProgram(program) === undefined);
}

export const systemToolsStep: SetupStep = {
	name: "system-tools",
	title: `system tools (${programs.join(", ")})`,
	isDone: () => missingPrograms().length === 0 || !canUseApt(),
	async run(progress) {
		try {
			await apt(missingPrograms(), progress);
		} catch (error) {
			// The tests can do with less, and name what they skip.
			console.error(`set-up: ${error instanceof Error ? error.message : String(error)}`);
		}
	},
};
