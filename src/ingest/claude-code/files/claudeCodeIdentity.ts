import type { ClientIdentity } from "../../transcripts/port.ts";
import { agentIdOf } from "../agentId.ts";
import { CLAUDE_CODE } from "../calls/tools.ts";
import { transcriptsFoldersOf } from "./configFolder.ts";

export const claudeCodeIdentity = {
	name: CLAUDE_CODE,
	title: "Claude Code",
	mark: "Cl",
	program: "claude",
	folders: transcriptsFoldersOf,
	defaultAgentType: "general-purpose",
	log: {
		agentId: agentIdOf,
		// After about 6 s; what it does not remind of by then was answered.
		reminder: { type: "permission_prompt", withinMs: 10_000 },
	},
} as const satisfies ClientIdentity;
