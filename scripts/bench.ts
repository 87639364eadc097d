// `npm run bench [-- name...]`: every measurement of bench/, each a table with its ratio.
import { globSync } from "node:fs";
import { cpus } from "node:os";
import { basename } from "node:path";
import { pathToFileURL } from "node:url";
import "../test/support/sqlText.ts";
import { build, packageExtension } from "./build.ts";
import { inProject } from "./paths.ts";
import { setUpOrExit, testSteps } from "./setup/everything.ts";

interface Bench {
	/** Gives back a Markdown table. */
	run(): Promise<string>;
}

const files = globSync(inProject("bench", "*.ts")).sort();
const names = files.map((file) => basename(file, ".ts"));
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !names.includes(name));
if (unknown.length > 0) {
	console.error(`unknown: ${unknown.join(", ")}\nusage: npm run bench [-- ${names.join(" ")}]`);
	process.exit(2);
}
await setUpOrExit(testSteps);
await build();
await packageExtension();
console.log(`${process.platform}, Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
for (const [index, name] of names.entries()) {
	if (wanted.length === 0 || wanted.includes(name)) {
		const bench: Bench = await import(pathToFileURL(files[index] ?? "").href);
		console.log(`\n## ${name}\n`);
		console.log(await bench.run());
	}
}
process.exit(0);
