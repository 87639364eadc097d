import { appendFileSync } from "node:fs";
import { format } from "node:util";
import Mocha from "mocha";

/** Names the file that mocha's output goes to, where nobody sees the extension host's own. */
export const OUTPUT_VARIABLE = "AGENT_LIVE_GRAPH_TEST_OUTPUT";

/** Sends mocha's output to that file, if there is one. */
export function redirectMochaOutput(): void {
	const file = process.env[OUTPUT_VARIABLE];
	if (file !== undefined) {
		Mocha.reporters.Base.useColors = false;
		Mocha.reporters.Base.consoleLog = (...args: unknown[]) =>
			appendFileSync(file, `${format(...args)}\n`);
	}
}
