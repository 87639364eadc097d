import { browserStep } from "./browser.ts";
import { claudeClientStep } from "./claudeClient.ts";
import { clickHouseStep } from "./clickHouse.ts";
import { codeServerStep } from "./codeServer.ts";
import { SetupError } from "./npm.mjs";
import { clientStep } from "./otherClients.ts";
import { type SetupStep, setUp } from "./steps.ts";
import { systemToolsStep } from "./systemTools.ts";

/** The real clients of `npm test`: those that are quick. `npm run test:clients` sets up all. */
export const clientSteps: readonly SetupStep[] = [
	claudeClientStep,
	clientStep("codex"),
	clientStep("copilot-cli"),
];

/** What `npm test` needs beside the dependencies. */
export const testSteps: readonly SetupStep[] = [
	codeServerStep,
	browserStep,
	...clientSteps,
	clickHouseStep,
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
