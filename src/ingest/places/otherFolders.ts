import { realpathSync } from "node:fs";
import { furtherFoldersOf } from "../claude-code/files/furtherFolders.ts";
import type { Environment } from "../transcripts/port.ts";

/**
 * Folders where a client may keep transcripts as well, and that are there, by client: few may. Only reports
 * ask, so it stands in no identity, which each window loads.
 */
const FURTHER: readonly ((env: Environment, home: string) => readonly string[])[] = [
	furtherFoldersOf,
];

/** Where to look, and what is read already. */
interface OtherFolderSources {
	readonly env: Environment;
	/** The user's home folder. */
	readonly home: string;
	/** Folders of transcripts that are read, absolute. */
	readonly read: readonly string[];
}

/** Folders that hold transcripts as well and are not read. Only the user can say whether they are to be. */
export function otherTranscriptFolders({ env, home, read }: OtherFolderSources): string[] {
	const known = new Set(read.map(realOf));
	const found: string[] = [];
	for (const folder of FURTHER.flatMap((foldersOf) => foldersOf(env, home))) {
		if (known.has(realOf(folder))) continue;
		known.add(realOf(folder));
		found.push(folder);
	}
	return found;
}

function realOf(folder: string): string {
	try {
		return realpathSync(folder);
	} catch {
		return folder;
	}
}
