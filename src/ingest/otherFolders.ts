import { realpathSync } from "node:fs";
import { CLIENT_IDENTITIES } from "./clientIdentities.ts";
import type { Environment } from "./transcripts/port.ts";

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
	for (const { otherFolders } of CLIENT_IDENTITIES) {
		for (const folder of otherFolders?.(env, home) ?? []) {
			if (known.has(realOf(folder))) continue;
			known.add(realOf(folder));
			found.push(folder);
		}
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
