import * as path from "node:path";
import { expandHome } from "../places/expandHome.ts";
import type { ClientIdentity, Environment } from "../transcripts/port.ts";

export const geminiIdentity = {
	name: "gemini-cli",
	title: "Gemini CLI",
	mark: "Ge",
	program: "gemini",
	folders: ({ GEMINI_CLI_HOME }: Environment, home: string) => [
		path.join(expandHome(GEMINI_CLI_HOME || home, home), ".gemini", "tmp"),
	],
} as const satisfies ClientIdentity;
