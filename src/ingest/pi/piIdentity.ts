import * as path from "node:path";
import { expandHome } from "../places/expandHome.ts";
import type { ClientIdentity, Environment } from "../transcripts/port.ts";

export const piIdentity = {
	name: "pi",
	title: "pi",
	mark: "Pi",
	program: "pi",
	folders: ({ PI_CODING_AGENT_DIR }: Environment, home: string) => {
		const own = PI_CODING_AGENT_DIR || path.join(home, ".pi", "agent");
		return [path.join(expandHome(own, home), "sessions")];
	},
} as const satisfies ClientIdentity;
