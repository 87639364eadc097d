// Child process of the test runner: `node runMocha.ts <timeout in ms> <glob>...`
import { globSync } from "node:fs";
import Mocha from "mocha";
import { ReportingSpec } from "./reporter.ts";

const [timeout, ...patterns] = process.argv.slice(2);
const mocha = new Mocha({
	reporter: ReportingSpec,
	timeout: Number(timeout),
	color: process.stdout.isTTY && process.env.CI === undefined,
	forbidOnly: true,
});
for (const file of globSync(patterns).sort()) {
	mocha.addFile(file);
}
await mocha.loadFilesAsync();
// Leaving at once, as a browser or a watcher that a failed test left open would hold the process.
mocha.run((failures) => process.exit(failures > 0 ? 1 : 0));
