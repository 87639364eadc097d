import type { ClientHooks } from "../../transcripts/port.ts";
import { agentIdOf } from "../agentId.ts";
import { kindOfTool, mcpToolOf } from "../calls/tools.ts";

export const claudeCodeHooks = {
	home: { variable: "CLAUDE_CONFIG_DIR", folder: ".claude" },
	settings: {
		user: "settings.json",
		project: ".claude/settings.json",
		local: ".claude/settings.local.json",
	},
	takesComments: false,
	trust: "",
	tool: (raw, { server }) => ({ tool: raw, kind: kindOfTool(raw), ...mcpToolOf(raw, server) }),
	agentId: agentIdOf,
	defaultType: "",
	// After about 6 s; what it does not remind of by then was answered.
	reminder: { type: "permission_prompt", withinMs: 10_000 },
} as const satisfies ClientHooks;
