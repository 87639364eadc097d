import * as path from "node:path";
import { expandHome } from "../places/expandHome.ts";
import type { ClientIdentity, Environment } from "../transcripts/port.ts";

export const qwenIdentity = {
	name: "qwen-code",
	title: "Qwen Code",
	mark: "Qw",
	program: "qwen",
	folders: ({ QWEN_RUNTIME_DIR, QWEN_HOME }: Environment, home: string) => {
		const own = QWEN_RUNTIME_DIR || QWEN_HOME || path.join(home, ".qwen");
		return [path.join(expandHome(own, home), "projects")];
	},
	defaultAgentType: "general-purpose",
} as const satisfies ClientIdentity;
