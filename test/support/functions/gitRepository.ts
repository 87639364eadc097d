import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";

/** A repository in a folder of its own, with git's own settings and nobody else's. */
export class GitRepository {
	readonly root: string;

	constructor(root: string) {
		this.root = root;
		mkdirSync(root, { recursive: true });
		this.git("init", "-q");
	}

	/** Writes files and has git track them. The files are as old as files commonly are. */
	write(files: Readonly<Record<string, string>>): this {
		for (const [name, text] of Object.entries(files)) {
			const file = path.join(this.root, name);
			mkdirSync(path.dirname(file), { recursive: true });
			writeFileSync(file, text);
			utimesSync(file, 1_700_000_000, 1_700_000_000 + text.length);
		}
		this.git("add", "-A");
		return this;
	}

	remove(name: string): this {
		rmSync(path.join(this.root, name));
		this.git("add", "-A");
		return this;
	}

	git(...args: string[]): string {
		return execFileSync("git", args, {
			cwd: this.root,
			encoding: "utf8",
			stdio: ["ignore", "pipe", "pipe"],
			env: {
				PATH: process.env.PATH,
				HOME: this.root,
				GIT_CONFIG_GLOBAL: "/dev/null",
				GIT_AUTHOR_NAME: "a",
				GIT_AUTHOR_EMAIL: "a@b.c",
				GIT_COMMITTER_NAME: "a",
				GIT_COMMITTER_EMAIL: "a@b.c",
			},
		});
	}
}
