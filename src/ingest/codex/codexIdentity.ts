import * as path from "node:path";
import { expandHome } from "../places/expandHome.ts";
import type { ClientIdentity, Environment } from "../transcripts/port.ts";

export const codexIdentity = {
	name: "codex",
	title: "Codex",
	mark: "Cx",
	program: "codex",
	folders: (env: Environment, home: string) => {
		const own = expandHome(env.CODEX_HOME || path.join(home, ".codex"), home);
		return [path.join(own, "sessions"), path.join(own, "archived_sessions")];
	},
	defaultAgentType: "default",
} as const satisfies ClientIdentity;
