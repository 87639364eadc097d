// `npm run check:types`: every ring with its own tsconfig, as `lib` and `types` differ.
import { execFile } from "node:child_process";
import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { root } from "./paths.ts";

const projects = globSync("{src/*,scripts,bench,test}/tsconfig.json", { cwd: root }).sort();
const compiler = join(root, "node_modules", "typescript", "bin", "tsc");
const waiting = [...projects];

/** TypeScript 7 uses several threads itself, so few at a time are enough. */
const workers = Math.max(1, Math.floor(availableParallelism() / 2));
await Promise.all(Array.from({ length: workers }, work));

async function work(): Promise<void> {
	for (let project = waiting.shift(); project !== undefined; project = waiting.shift()) {
		await check(project);
	}
}

function check(project: string): Promise<void> {
	return new Promise((resolve) => {
		const args = [compiler, "--pretty", "false", "-p", project];
		execFile(process.execPath, args, { cwd: root }, (error, stdout, stderr) => {
			console.log(`${project}: ${error === null ? "right" : "wrong"}`);
			if (error !== null) {
				console.log(`${stdout}${stderr}`);
				process.exitCode = 1;
			}
			resolve();
		});
	});
}
