// Runs test/integration inside the extension host of the VS Code server, with a browser as its
// window. The report goes where $AGENT_LIVE_GRAPH_TEST_REPORT says.
import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root } from "../../../scripts/paths.ts";
import { exitOnSignals } from "../../../scripts/runner/exitOnSignals.ts";
import { isolate } from "../../../scripts/runner/isolation.ts";
import { REPORT_VARIABLE, type RunReport } from "../../../scripts/runner/reporter.ts";
import { startServer, workbenchUrl, writeMachineSettings } from "../../../scripts/vscode/server.ts";
import { quietSettings } from "../../../scripts/vscode/settings.ts";
import { bundleTests } from "./bundleTests.ts";
import { OUTPUT_VARIABLE } from "./testOutput.ts";
import { openWorkbench } from "./workbench.ts";

/** Milliseconds for the whole suite, the start of the workbench included. */
const TIME_LIMIT = 50 * 60_000;
exitOnSignals();
const testsModule = await bundleTests();
const home = isolate();
const report = process.env[REPORT_VARIABLE] ?? join(home.folder, "report.json");
const output = join(home.folder, "output.txt");
const dataFolder = join(home.folder, "server");
const workspace = join(home.folder, "workspace");
mkdirSync(workspace);
writeMachineSettings(dataFolder, quietSettings);
const server = await startServer({
	dataFolder,
	isTestDriver: true,
	env: { ...home.env, [REPORT_VARIABLE]: report, [OUTPUT_VARIABLE]: output },
});
const remote = `vscode-remote://${new URL(server.origin).host}`;
const window = await openWorkbench({
	profile: home.folder,
	url: workbenchUrl(server.origin, workspace, [
		["extensionDevelopmentPath", `${remote}${root}`],
		["extensionTestsPath", `${remote}${testsModule}`],
	]),
});
const isReported = await waitForReport();
await window.close();
await server.stop();
const failed = isReported ? (JSON.parse(readFileSync(report, "utf8")) as RunReport).failed : 1;
home.remove();
process.exit(failed === 0 ? 0 : 1);

async function waitForReport(): Promise<boolean> {
	const deadline = performance.now() + TIME_LIMIT;
	let shown = 0;
	while (performance.now() < deadline) {
		const isDone = existsSync(report);
		const text = existsSync(output) ? readFileSync(output, "utf8") : "";
		process.stdout.write(text.slice(shown));
		shown = text.length;
		if (isDone) {
			return true;
		}
		await delay(200);
	}
	console.error(`No report after ${TIME_LIMIT / 1000} s. The workbench's console:`);
	console.error(window.consoleTail());
	return false;
}
