import type { ClientIdentity } from "../transcripts/port.ts";
import { transcriptsFoldersOf } from "./configFolder.ts";
import { furtherFoldersOf } from "./furtherFolders.ts";
import { CLAUDE_CODE } from "./tools.ts";

export const claudeCodeIdentity = {
	name: CLAUDE_CODE,
	title: "Claude Code",
	mark: "CC",
	folders: transcriptsFoldersOf,
	otherFolders: furtherFoldersOf,
} as const satisfies ClientIdentity;
