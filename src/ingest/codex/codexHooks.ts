import type { ClientHooks } from "../transcripts/port.ts";

export const codexHooks = {
	home: { variable: "CODEX_HOME", folder: ".codex" },
	settings: { user: "hooks.json", project: ".codex/hooks.json" },
	takesComments: false,
	onlyKeys: ["description", "hooks"],
	trust: "New hooks run once they are trusted: type /hooks in Codex.",
} as const satisfies ClientHooks;
