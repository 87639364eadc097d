import { readdirSync, realpathSync, statSync } from "node:fs";
import * as path from "node:path";
import type { Environment } from "./transcripts/port.ts";

/** What people name further configuration folders of Claude Code, in their home folder. */
const NAME = /^\.claude[-_.]\w[\w.-]*$/;

/** Where to look, and what is read already. */
interface OtherFolderSources {
	readonly env: Environment;
	/** The user's home folder. */
	readonly home: string;
	/** Folders of transcripts that are read, absolute. */
	readonly read: readonly string[];
}

/**
 * Folders that hold transcripts as well and are not read: those of further configuration folders, such as
 * `~/.claude-work` and `~/.config/claude`. Only the user can say whether they are to be read.
 */
export function otherTranscriptFolders({ env, home, read }: OtherFolderSources): string[] {
	const config = env.XDG_CONFIG_HOME || path.join(home, ".config");
	const candidates = [
		path.join(home, ".claude"),
		...namesIn(home)
			.filter((name) => NAME.test(name))
			.map((name) => path.join(home, name)),
		path.join(config, "claude"),
	];
	const known = new Set(read.map(realOf));
	const found: string[] = [];
	for (const candidate of candidates) {
		const folder = path.join(candidate, "projects");
		if (!isFolder(folder) || known.has(realOf(folder))) continue;
		known.add(realOf(folder));
		found.push(folder);
	}
	return found;
}

function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder).sort();
	} catch {
		return [];
	}
}

function isFolder(folder: string): boolean {
	try {
		return statSync(folder).isDirectory();
	} catch {
		return false;
	}
}

function realOf(folder: string): string {
	try {
		return realpathSync(folder);
	} catch {
		return folder;
	}
}
