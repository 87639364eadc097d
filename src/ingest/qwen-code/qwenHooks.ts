import type { ClientHooks } from "../transcripts/port.ts";

export const qwenHooks = {
	home: { variable: "QWEN_HOME", folder: ".qwen" },
	settings: { user: "settings.json", project: ".qwen/settings.json" },
	takesComments: true,
	trust: "",
} as const satisfies ClientHooks;
