import * as path from "node:path";
import type { HookPackage } from "../hookFiles.ts";
import { commandsOf, type OwnCommand, ownHandlers } from "../ownHandlers.ts";
import { readHandlers } from "../registration.ts";
import { type Machine, ownFolder, pathReader, type SettingsPlace } from "../settings/places.ts";
import { readSettingsFile } from "../settings/settingsFile.ts";
import { isIgnoredByClient, parseSettings, valueAt } from "../settings/settingsText.ts";

/** What a settings file has of our hooks. */
export interface InstalledHooks extends SettingsPlace {
	/** Why the file can not be read; null when it can. */
	readonly error: string | null;
	/** How many of this version's handlers are there, of this version or another. */
	readonly installed: number;
	/** How many there should be. */
	readonly wanted: number;
	/** Commands of all handlers of ours, those that somebody has changed included. */
	readonly commands: readonly OwnCommand[];
	/** Versions that are named, without repetition; `?` where a path tells none. */
	readonly versions: readonly string[];
	/** Some handlers are of another version than this one. */
	readonly isOutdated: boolean;
	/** Handlers whose script is not where they say. */
	readonly missingScripts: number;
	/** Handlers that somebody has changed by hand; they are left alone. */
	readonly changedByHand: number;
	/**
	 * What `disableAllHooks` says; null where it is not set, or the client does not read it. The
	 * settings nearest to a session decide.
	 */
	readonly isDisabled: boolean | null;
	/** The client reads nothing of the file, see {@link isIgnoredByClient}. */
	readonly isIgnored: boolean;
}

/** Reads what is installed. Never throws for a file that is missing, unreadable or no JSON. */
export async function inspectSettings(
	{ client, scope, file }: SettingsPlace,
	hooks: HookPackage,
	machine: Machine,
	isFile: (file: string) => boolean,
): Promise<InstalledHooks> {
	const handlers = readHandlers(hooks.registrations.get(client.name) ?? "");
	const none = { client, scope, file, error: null, installed: 0, wanted: handlers.length };
	const flaws = {
		commands: [],
		versions: [],
		isOutdated: false,
		missingScripts: 0,
		changedByHand: 0,
		isDisabled: null,
		isIgnored: false,
	};
	const reader = pathReader(client, machine);
	try {
		const { text } = await readSettingsFile(file);
		const { root } = parseSettings(text);
		const own = ownHandlers(root, reader);
		const isIgnored = isIgnoredByClient(text, client);
		const disabling: unknown = valueAt(root, "disableAllHooks")?.value;
		const current = reader.canonical(path.join(ownFolder(client, machine), "hooks", hooks.version));
		const isThere = new Set(own.map(({ event, script }) => `${event} ${script}`));
		const wanted = handlers.filter(({ event, script }) => isThere.has(`${event} ${script}`));
		return {
			...none,
			installed: wanted.length,
			commands: commandsOf(own),
			versions: [...new Set(own.map(({ version }) => version ?? "?"))],
			isOutdated: own.some(({ folder }) => folder !== current.replace(/\\/g, "/")),
			missingScripts: own.filter(({ folder, script }) => !isFile(`${folder}/${script}`)).length,
			changedByHand: own.filter(({ isMixed }) => isMixed).length,
			isDisabled: typeof disabling === "boolean" && !isIgnored ? disabling : null,
			isIgnored,
		};
	} catch (error) {
		return { ...none, ...flaws, error: error instanceof Error ? error.message : String(error) };
	}
}
