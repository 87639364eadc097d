import * as path from "node:path";
import { expandHome } from "../places/expandHome.ts";
import type { ClientIdentity, Environment } from "../transcripts/port.ts";

export const copilotIdentity = {
	name: "copilot-cli",
	title: "Copilot CLI",
	mark: "Cp",
	program: "copilot",
	folders: ({ COPILOT_HOME, XDG_STATE_HOME }: Environment, home: string) => {
		const own = COPILOT_HOME || path.join(XDG_STATE_HOME || home, ".copilot");
		return [path.join(expandHome(own, home), "session-state")];
	},
} as const satisfies ClientIdentity;
