// `npm test`: every suite, or those named as arguments, and a summary.
import { parseArgs } from "node:util";
import { build, packageExtension } from "./build.ts";
import { type Suite, suites } from "./runner/suites.ts";
import { type SuiteResult, summarize } from "./runner/summary.ts";
import { setUpOrExit } from "./setup/everything.ts";
import { missingPrograms } from "./setup/systemTools.ts";

const names = suites.map((suite) => suite.name);
const usage = `usage: npm test [-- ${names.map((name) => `[${name}]`).join(" ")}]`;

const chosen = choose();
await setUpOrExit([...new Set(chosen.flatMap((suite) => suite.needs))]);
const results: SuiteResult[] = [];
if (chosen.some((suite) => suite.usesBuild)) {
	const failure = await prepare();
	if (failure !== undefined) {
		results.push(failure);
	}
}
for (const suite of chosen) {
	results.push(await run(suite));
}
const usesPrograms = chosen.some((suite) =>
	suite.needs.some((step) => step.name === "system-tools"),
);
console.log(summarize(results, usesPrograms ? missingPrograms() : []));
process.exitCode = results.every((result) => result.failed === 0) ? 0 : 1;

function choose(): readonly Suite[] {
	const { positionals, unknown } = readArguments();
	const wrong = [...unknown, ...positionals.filter((name) => !names.includes(name))];
	if (wrong.length > 0) {
		console.error(`unknown: ${wrong.join(", ")}\n${usage}`);
		process.exit(2);
	}
	return positionals.length === 0
		? suites
		: suites.filter((suite) => positionals.includes(suite.name));
}

function readArguments(): { positionals: string[]; unknown: string[] } {
	const { positionals, values } = parseArgs({
		allowPositionals: true,
		strict: false,
		options: { help: { type: "boolean" } },
	});
	if (values.help) {
		console.log(usage);
		process.exit(0);
	}
	return { positionals, unknown: Object.keys(values).map((name) => `--${name}`) };
}

async function run(suite: Suite): Promise<SuiteResult> {
	console.log(`\n== ${suite.name}`);
	const started = performance.now();
	const report = await suite.run();
	return { suite: suite.name, seconds: (performance.now() - started) / 1000, ...report };
}

/** What the suites test is built once. */
async function prepare(): Promise<SuiteResult | undefined> {
	const started = performance.now();
	try {
		await build();
		await packageExtension();
		return undefined;
	} catch (error) {
		console.error(error);
		const seconds = (performance.now() - started) / 1000;
		return { suite: "build", seconds, passed: 0, failed: 1, skipped: [], failures: ["build"] };
	}
}
