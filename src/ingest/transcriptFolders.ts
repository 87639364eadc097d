import * as path from "node:path";
import { expandHome } from "./eventsFile.ts";

/** Where to look for transcripts. */
interface TranscriptFolderSources {
	/** The user's setting: folders besides the client's own. */
	readonly extra: readonly string[];
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The user's home folder. */
	readonly home: string;
}

/**
 * Folders that hold transcripts: `projects` in the client's configuration folder
 * (`$CLAUDE_CONFIG_DIR`, else `~/.claude`), and those of the setting, each once. A leading `~` stands
 * for the home folder.
 */
export function resolveTranscriptFolders({ extra, env, home }: TranscriptFolderSources): string[] {
	const configDir = env.CLAUDE_CONFIG_DIR || path.join(home, ".claude");
	const folders = [path.join(expandHome(configDir, home), "projects"), ...extra]
		.filter((folder) => folder.trim() !== "")
		.map((folder) => path.resolve(home, expandHome(folder.trim(), home)));
	return [...new Set(folders)];
}
