import { readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import type { Environment } from "../../transcripts/port.ts";

/** What people name further configuration folders, in their home folder. */
const NAME = /^\.claude[-_.]\w[\w.-]*$/;

/**
 * Folders of transcripts in configuration folders that the client may have been pointed to, such as
 * `~/.claude-work` and `~/.config/claude`.
 */
export function furtherFoldersOf(env: Environment, home: string): string[] {
	const config = env.XDG_CONFIG_HOME || path.join(home, ".config");
	return [
		path.join(home, ".claude"),
		...namesIn(home)
			.filter((name) => NAME.test(name))
			.map((name) => path.join(home, name)),
		path.join(config, "claude"),
	]
		.map((folder) => path.join(folder, "projects"))
		.filter(isFolder);
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
