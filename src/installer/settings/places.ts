import { existsSync, realpathSync } from "node:fs";
import * as path from "node:path";
import {
	FIRST_HOOKED,
	HOOKED_CLIENTS,
	type HookedClient,
} from "../../ingest/clients/hookedClients.ts";
import { expandHome } from "../../ingest/places/expandHome.ts";
import { type PathReader, quotable } from "../hookCommand.ts";
import { SettingsError } from "./settingsError.ts";

/** Whose settings: the user's, a project's for everybody, a project's for this machine only. */
export type SettingsScope = "user" | "project" | "local";

export const SCOPES: readonly SettingsScope[] = ["user", "project", "local"];

/** A settings file and whose it is. */
export interface SettingsPlace {
	readonly client: HookedClient;
	/** null for a file that was named. */
	readonly scope: SettingsScope | null;
	readonly file: string;
}

/** Where clients keep their things. */
export interface Machine {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The user's home folder. */
	readonly home: string;
}

/** Folder of a client's settings: what its variable names, else the usual one in the home folder. */
export function configFolder({ hooks }: HookedClient, { env, home }: Machine): string {
	const { variable, folder } = hooks.home;
	const chosen = env[variable];
	return chosen ? path.resolve(home, expandHome(chosen, home)) : path.join(home, folder);
}

/** A client's settings files. @param workspace folder of the project; the user's settings need none */
export function settingsPlaces(
	client: HookedClient,
	machine: Machine,
	workspace: string,
	scopes: readonly SettingsScope[] = SCOPES,
): SettingsPlace[] {
	return scopes.flatMap((scope) => {
		const name = client.hooks.settings[scope];
		const folder = scope === "user" ? configFolder(client, machine) : workspace;
		return name === undefined ? [] : [{ client, scope, file: path.join(folder, name) }];
	});
}

/** The clients that hooks can be installed for: the first of them, and those whose folder is there. */
export function clientsHere(machine: Machine): HookedClient[] {
	return HOOKED_CLIENTS.filter(
		(client) => client === FIRST_HOOKED || existsSync(configFolder(client, machine)),
	);
}

/** Folder of everything that the installer keeps for a client: the hooks by version, and its notes. */
export function ownFolder(client: HookedClient, machine: Machine): string {
	return path.join(configFolder(client, machine), "agent-live-graph");
}

/**
 * How a command spells the folder of the hooks. A project's settings are shared, so they name no
 * one's home.
 *
 * @throws SettingsError for a folder that no command could name for every shell and every reader
 */
export function speltFolder(
	client: HookedClient,
	scope: SettingsScope | null,
	version: string,
	machine: Machine,
): string {
	const { variable, folder: usual } = client.hooks.home;
	const folder = path.join(ownFolder(client, machine), "hooks", version);
	// On Windows a backslash only parts folders, which a slash does as well.
	if (/\p{Cc}/u.test(folder) || (path.sep === "/" && folder.includes("\\"))) {
		throw new SettingsError(
			`hooks cannot be installed in ${JSON.stringify(folder)}: there is a backslash or a line break in its path; set ${variable} to another folder`,
		);
	}
	if (scope !== "project") return quotable(folder);
	return `\${${variable}:-$HOME/${usual}}/agent-live-graph/hooks/${version}`;
}

/** Reads paths as the client's shell would, and follows links. */
export function pathReader({ hooks }: HookedClient, { env, home }: Machine): PathReader {
	const known = new Map<string, string>();
	return {
		variables: { HOME: home, [hooks.home.variable]: env[hooks.home.variable] ?? "" },
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
