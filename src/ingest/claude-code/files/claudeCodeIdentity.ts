import type { ClientIdentity } from "../../transcripts/port.ts";
import { CLAUDE_CODE } from "../calls/tools.ts";
import { claudeCodeHooks } from "./claudeCodeHooks.ts";
import { transcriptsFoldersOf } from "./configFolder.ts";

export const claudeCodeIdentity = {
	name: CLAUDE_CODE,
	title: "Claude Code",
	program: "claude",
	folders: transcriptsFoldersOf,
	hooks: claudeCodeHooks,
} as const satisfies ClientIdentity;
