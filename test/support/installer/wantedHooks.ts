import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { PathReader } from "../../../src/installer/hookCommand.ts";
import { type Handler, readHandlers } from "../../../src/installer/registration.ts";
import type { Wanted } from "../../../src/installer/settings/settingsEdit.ts";
import { hooksFolder } from "../hooks/hookLab.ts";

/** The handlers that hooks/hooks.json registers. */
export const handlers: readonly Handler[] = readHandlers(
	readFileSync(join(hooksFolder, "hooks.json"), "utf8"),
);

export const HOME = "/home/you";
const ROOT = `${HOME}/.claude/agent-live-graph/hooks`;

/** Reads paths of a made-up home in which there are no links. */
export const reader: PathReader = {
	variables: { HOME, CLAUDE_CONFIG_DIR: "" },
	canonical: (file) => file,
};

/** All hooks of a version, in that home. */
export function wantedHooks(version = "0.2.0-aaaaaaaa", more: Partial<Wanted> = {}): Wanted {
	const folder = `${ROOT}/${version}`;
	return { handlers, folder, realFolder: folder, reader, ...more };
}
