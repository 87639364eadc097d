import { geminiTool } from "../kit/geminiWords.ts";
import type { ClientHooks } from "../transcripts/port.ts";

export const qwenHooks = {
	home: { variable: "QWEN_HOME", folder: ".qwen" },
	settings: { user: "settings.json", project: ".qwen/settings.json" },
	takesComments: true,
	trust: "",
	tool: geminiTool,
	agentId: (id) => id,
	defaultType: "",
	reminder: null,
} as const satisfies ClientHooks;
