import type { ClientIdentity } from "../../transcripts/port.ts";
import { CLAUDE_CODE } from "../calls/tools.ts";
import { transcriptsFoldersOf } from "./configFolder.ts";

export const claudeCodeIdentity = {
	name: CLAUDE_CODE,
	title: "Claude Code",
	folders: transcriptsFoldersOf,
} as const satisfies ClientIdentity;
