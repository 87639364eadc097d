// Child process of the test runner: `node runMocha.ts [--parallel] <glob>...`
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import Mocha from "mocha";
import mocharc from "../../.mocharc.json" with { type: "json" };
import { inProject } from "../paths.ts";
import { useColors } from "./colors.ts";
import { exitOnSignals } from "./exitOnSignals.ts";
import { ReportingSpec } from "./reporter.ts";

exitOnSignals();
const { positionals, values } = parseArgs({
	allowPositionals: true,
	options: { parallel: { type: "boolean", default: false } },
});
const jobs = values.parallel ? availableParallelism() : 1;
Mocha.reporters.Base.useColors = useColors;
// What mocha's own command would import first; where files run side by side, `require` has the same
// done in each process that runs some.
const modules = mocharc.import.map((module) => inProject(module));
for (const module of modules) await import(module);
const mocha = new Mocha({
	reporter: ReportingSpec,
	timeout: mocharc.timeout,
	forbidOnly: mocharc.forbidOnly,
	parallel: jobs > 1,
	jobs,
	require: modules,
});
for (const file of globSync(positionals).sort()) mocha.addFile(file);
if (jobs === 1) await mocha.loadFilesAsync();
// Leaving at once, as a browser or a watcher that a failed test left open would hold the process.
mocha.run((failures) => process.exit(failures > 0 ? 1 : 0));
