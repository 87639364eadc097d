import type { ClientHooks } from "../transcripts/port.ts";
import { codexTool, patchTool } from "./codexWords.ts";

export const codexHooks = {
	home: { variable: "CODEX_HOME", folder: ".codex" },
	settings: { user: "hooks.json", project: ".codex/hooks.json" },
	takesComments: false,
	trust: "New hooks run once they are trusted: type /hooks in Codex.",
	tool: (raw, { isNewFile }) => (raw === "apply_patch" ? patchTool(isNewFile) : codexTool(raw)),
	agentId: (id) => id,
	defaultType: "default",
	reminder: null,
} as const satisfies ClientHooks;
