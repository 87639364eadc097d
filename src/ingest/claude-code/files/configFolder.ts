import { existsSync } from "node:fs";
import * as path from "node:path";
import { expandHome } from "../../places/expandHome.ts";
import type { Environment } from "../../transcripts/port.ts";

/** Where the client keeps its transcripts: in each of its configuration folders. */
export function transcriptsFoldersOf(env: Environment, home: string): string[] {
	return configFoldersOf(env, home).map((folder) => path.join(folder, "projects"));
}

/** Where the client keeps all that is its own: `$CLAUDE_CONFIG_DIR`, else `~/.claude`. */
export function configFolderOf(env: Environment, home: string): string {
	return configFoldersOf(env, home)[0] ?? path.join(home, ".claude");
}

/**
 * Some programs that read what clients wrote take several in that variable, with commas between; the
 * client itself takes one, whatever is in its name.
 */
function configFoldersOf({ CLAUDE_CONFIG_DIR: value = "" }: Environment, home: string): string[] {
	const folders = existsSync(expandHome(value, home)) ? [value] : value.split(",");
	const named = folders.map((folder) => folder.trim()).filter((folder) => folder !== "");
	if (named.length === 0) return [path.join(home, ".claude")];
	return named.map((folder) => expandHome(folder, home));
}
