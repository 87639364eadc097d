import * as path from "node:path";
import { CLIENT_IDENTITIES } from "../clients/clientIdentities.ts";
import type { Environment } from "../transcripts/port.ts";
import { expandHome } from "./expandHome.ts";

/** Where to look for transcripts. */
interface TranscriptFolderSources {
	/** The user's setting: folders besides the clients' own. */
	readonly extra: readonly string[];
	readonly env: Environment;
	/** The user's home folder. */
	readonly home: string;
	/** Whether a client's own folders are looked in, by its name; those of all where it is left out. */
	readonly isRead?: (client: string) => boolean;
}

/**
 * Folders that hold transcripts: those where the clients keep theirs and those of the setting, each
 * once. A leading `~` stands for the home folder.
 */
export function resolveTranscriptFolders({
	extra,
	env,
	home,
	isRead = () => true,
}: TranscriptFolderSources): string[] {
	const own = CLIENT_IDENTITIES.filter(({ name }) => isRead(name)).flatMap(({ folders }) =>
		folders(env, home),
	);
	const folders = [...own, ...extra]
		.filter((folder) => folder.trim() !== "")
		.map((folder) => path.resolve(home, expandHome(folder.trim(), home)));
	return [...new Set(folders)];
}
