import * as path from "node:path";
import type { ClientIdentity, Environment } from "../transcripts/port.ts";

export const opencodeIdentity = {
	name: "opencode",
	title: "opencode",
	mark: "Oc",
	program: "opencode",
	// Beside its database lie copies of whole working folders.
	depth: 0,
	folders: ({ XDG_DATA_HOME }: Environment, home: string) => [
		path.join(XDG_DATA_HOME || path.join(home, ".local", "share"), "opencode"),
	],
} as const satisfies ClientIdentity;
