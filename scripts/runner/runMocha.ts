// Child process of the test runner: `node runMocha.ts <timeout in ms> <glob>...`
import { globSync, readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import Mocha from "mocha";
import { inProject } from "../paths.ts";
import { useColors } from "./colors.ts";
import { ReportingSpec } from "./reporter.ts";

const [timeout, ...patterns] = process.argv.slice(2);
Mocha.reporters.Base.useColors = useColors;
// What mocha's own command would import first.
const { import: modules = [] } = JSON.parse(readFileSync(inProject(".mocharc.json"), "utf8"));
for (const module of modules as string[]) {
	await import(pathToFileURL(inProject(module)).href);
}
const mocha = new Mocha({
	reporter: ReportingSpec,
	timeout: Number(timeout),
	forbidOnly: true,
});
for (const file of globSync(patterns).sort()) {
	mocha.addFile(file);
}
await mocha.loadFilesAsync();
// Leaving at once, as a browser or a watcher that a failed test left open would hold the process.
mocha.run((failures) => process.exit(failures > 0 ? 1 : 0));
