import type { ClientHooks } from "../../transcripts/port.ts";

export const claudeCodeHooks = {
	home: { variable: "CLAUDE_CONFIG_DIR", folder: ".claude" },
	settings: {
		user: "settings.json",
		project: ".claude/settings.json",
		local: ".claude/settings.local.json",
	},
	takesComments: false,
	trust: "",
} as const satisfies ClientHooks;
