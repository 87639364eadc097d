import { readFileSync, statSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";

/** Where clients put worktrees of a repository below it, for when those are gone. */
const WORKTREES = /[\\/]\.(?:claude[\\/])?worktrees[\\/][^\\/]+(?:[\\/].*)?$/;
/** What a worktree's `.git` says: where in the repository its own part of git is. */
const POINTER = /^gitdir: (.+?)[\\/]\.git[\\/]worktrees[\\/][^\\/]+\s*$/;
const MAX_POINTER_BYTES = 4096;

/** Folders of repositories by folders of sessions; each is looked up once. */
export class Projects {
	readonly #known = new Map<string, string>();

	/**
	 * The repository that a folder belongs to, that of a worktree too; the folder itself where it
	 * belongs to none, or is no more.
	 */
	of(cwd: string): string {
		let known = this.#known.get(cwd);
		if (known === undefined) {
			known = path.isAbsolute(cwd) ? repositoryOf(cwd) : cwd;
			this.#known.set(cwd, known);
		}
		return known;
	}
}

function repositoryOf(cwd: string): string {
	for (let folder = cwd; ; folder = path.dirname(folder)) {
		// Who keeps a home folder in git does not keep every project in that repository.
		if (folder === homedir() && folder !== cwd) return cwd;
		const found = rootAt(folder);
		if (found !== null) return found;
		if (folder === path.dirname(folder)) return cwd.replace(WORKTREES, "");
	}
}

/** The repository whose folder, or whose worktree, this is; null where it is neither. */
function rootAt(folder: string): string | null {
	const git = path.join(folder, ".git");
	try {
		const stat = statSync(git, { throwIfNoEntry: false });
		if (stat === undefined) return null;
		if (stat.isDirectory()) return folder;
		if (!stat.isFile() || stat.size > MAX_POINTER_BYTES) return folder;
		const repository = POINTER.exec(readFileSync(git, "utf8"))?.[1];
		return repository === undefined ? folder : path.resolve(folder, repository);
	} catch {
		// Not to be looked into: then nothing is known of it.
		return null;
	}
}
