import * as path from "node:path";
import { transcriptsFoldersOf } from "./claude-code/configFolder.ts";
import { expandHome } from "./expandHome.ts";
import type { Environment } from "./transcripts/port.ts";

/** Where each client keeps its transcripts: to know that, nothing that reads them is needed. */
const OWN: readonly ((env: Environment, home: string) => string[])[] = [transcriptsFoldersOf];

/** Where to look for transcripts. */
interface TranscriptFolderSources {
	/** The user's setting: folders besides the clients' own. */
	readonly extra: readonly string[];
	readonly env: Environment;
	/** The user's home folder. */
	readonly home: string;
}

/**
 * Folders that hold transcripts: those where the clients keep theirs and those of the setting, each
 * once. A leading `~` stands for the home folder.
 */
export function resolveTranscriptFolders({ extra, env, home }: TranscriptFolderSources): string[] {
	const own = OWN.flatMap((foldersOf) => foldersOf(env, home));
	const folders = [...own, ...extra]
		.filter((folder) => folder.trim() !== "")
		.map((folder) => path.resolve(home, expandHome(folder.trim(), home)));
	return [...new Set(folders)];
}
