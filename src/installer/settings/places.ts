import { realpathSync } from "node:fs";
import * as path from "node:path";
import { type PathReader, quotable } from "../hookCommand.ts";
import { SettingsError } from "./settingsError.ts";

/** Whose settings: the user's, a project's for everybody, a project's for this machine only. */
export type SettingsScope = "user" | "project" | "local";

export const SCOPES: readonly SettingsScope[] = ["user", "project", "local"];

/** Where the client keeps its things. */
export interface ClientPlace {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The user's home folder. */
	readonly home: string;
}

/** `$CLAUDE_CONFIG_DIR`, else `~/.claude`. */
export function configFolder({ env, home }: ClientPlace): string {
	const chosen = env.CLAUDE_CONFIG_DIR;
	if (!chosen) return path.join(home, ".claude");
	return path.resolve(
		home,
		chosen.replace(/^~(?=$|[/\\])/, () => home),
	);
}

/** @param workspace folder of the project; the user's settings need none */
export function settingsPath(scope: SettingsScope, place: ClientPlace, workspace: string): string {
	if (scope === "user") return path.join(configFolder(place), "settings.json");
	const name = scope === "project" ? "settings.json" : "settings.local.json";
	return path.join(workspace, ".claude", name);
}

/** Folder of everything that the installer keeps: the hooks by version, and its notes. */
export function ownFolder(place: ClientPlace): string {
	return path.join(configFolder(place), "agent-live-graph");
}

/**
 * How a command spells the folder of the hooks. A project's settings are shared, so they name no
 * one's home.
 *
 * @throws SettingsError for a folder that no command could name for every shell and every reader
 */
export function speltFolder(
	scope: SettingsScope | null,
	version: string,
	place: ClientPlace,
): string {
	const folder = path.join(ownFolder(place), "hooks", version);
	// On Windows a backslash only parts folders, which a slash does as well.
	if (/\p{Cc}/u.test(folder) || (path.sep === "/" && folder.includes("\\"))) {
		throw new SettingsError(
			`hooks cannot be installed in ${JSON.stringify(folder)}: there is a backslash or a line break in its path; set CLAUDE_CONFIG_DIR to another folder`,
		);
	}
	if (scope !== "project") return quotable(folder);
	return `\${CLAUDE_CONFIG_DIR:-$HOME/.claude}/agent-live-graph/hooks/${version}`;
}

/** Reads paths as the client's shell would, and follows links. */
export function pathReader(place: ClientPlace): PathReader {
	const known = new Map<string, string>();
	return {
		variables: { HOME: place.home, CLAUDE_CONFIG_DIR: place.env.CLAUDE_CONFIG_DIR ?? "" },
		canonical(file) {
			let real = known.get(file);
			if (real === undefined) {
				real = realPath(file);
				known.set(file, real);
			}
			return real;
		},
	};
}

/** The real path of what is there, and behind it what is not. */
function realPath(file: string): string {
	try {
		return realpathSync(file);
	} catch {
		const parent = path.dirname(file);
		return parent === file || parent === "."
			? file
			: path.join(realPath(parent), path.basename(file));
	}
}
