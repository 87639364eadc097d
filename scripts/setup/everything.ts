import { browserStep } from "./browser.ts";
import { claudeClientStep } from "./claudeClient.ts";
import { codeServerStep } from "./codeServer.ts";
import { SetupError } from "./npm.mjs";
import { type SetupStep, setUp } from "./steps.ts";
import { systemToolsStep } from "./systemTools.ts";

/** What `npm test` needs beside the dependencies. */
export const testSteps: readonly SetupStep[] = [
	codeServerStep,
	browserStep,
	claudeClientStep,
	systemToolsStep,
];

/** Does the steps that are missing; a failure of set-up ends the process with its message. */
export async function setUpOrExit(steps: readonly SetupStep[]): Promise<void> {
	try {
		await setUp(steps);
	} catch (error) {
		if (!(error instanceof SetupError)) {
			throw error;
		}
		console.error(error.message);
		process.exit(1);
	}
}
