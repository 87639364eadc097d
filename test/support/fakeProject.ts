import { type ChildProcess, spawn } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { inProject } from "../../scripts/paths.ts";

export interface RunEnd {
	readonly code: number | null;
	readonly output: string;
}

/** A copy of our bootstrap in a project without dependencies, and an npm that only pretends. */
export class FakeProject {
	readonly folder: string;
	readonly #npm: string;

	constructor(folder: string) {
		this.folder = folder;
		this.#npm = join(folder, "npm-cli.js");
		const scripts = join(folder, "scripts");
		mkdirSync(join(scripts, "setup"), { recursive: true });
		for (const file of ["bootstrap.mjs", "setup/dependencies.mjs", "setup/lock.mjs"]) {
			cpSync(inProject("scripts", file), join(scripts, file));
		}
		for (const file of ["setup/npm.mjs", "setup/progress.mjs"]) {
			cpSync(inProject("scripts", file), join(scripts, file));
		}
		writeFileSync(join(scripts, "setup.ts"), 'console.log("handed over", process.argv.slice(2));');
		this.lock("1.0.0");
		this.npm(INSTALL);
	}

	/** Writes a package-lock.json that wants this version of the one package. */
	lock(version: string): void {
		const packages = { "": {}, "node_modules/thing": { version } };
		writeFileSync(join(this.folder, "package-lock.json"), JSON.stringify({ packages }));
	}

	/** Replaces npm; the script runs in the project's folder. */
	npm(script: string): void {
		writeFileSync(this.#npm, script);
	}

	/** How often npm was run. */
	get installations(): number {
		try {
			return readFileSync(join(this.folder, "npm-calls"), "utf8").split("\n").length - 1;
		} catch {
			return 0;
		}
	}

	start(...args: string[]): ChildProcess {
		return spawn(process.execPath, [join(this.folder, "scripts", "bootstrap.mjs"), ...args], {
			cwd: this.folder,
			env: {
				...process.env,
				CI: "true",
				npm_execpath: this.#npm,
				npm_node_execpath: process.execPath,
			},
		});
	}

	run(...args: string[]): Promise<RunEnd> {
		const child = this.start(...args);
		let output = "";
		child.stdout?.on("data", (chunk) => (output += chunk));
		child.stderr?.on("data", (chunk) => (output += chunk));
		return new Promise((resolve) => child.on("close", (code) => resolve({ code, output })));
	}
}

/** Does what bootstrap looks at: the copy of the lock, and a Node. */
const INSTALL = `
const fs = require("node:fs");
fs.appendFileSync("npm-calls", process.argv.slice(2).join(" ") + "\\n");
fs.mkdirSync("node_modules/node/bin", { recursive: true });
fs.rmSync("node_modules/node/bin/node", { force: true });
fs.symlinkSync(process.execPath, "node_modules/node/bin/node");
fs.copyFileSync("package-lock.json", "node_modules/.package-lock.json");
`;

/** Ends as npm does without a network. */
export const OFFLINE = `
console.error("npm error code ENOTFOUND");
process.exit(1);
`;
