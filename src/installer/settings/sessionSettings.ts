import * as path from "node:path";
import type { OwnCommand } from "../ownHandlers.ts";
import { SCOPES, type SettingsPlace } from "./places.ts";

/** What is to be known of a settings file to tell what it adds to another. */
export interface SettingsCommands extends SettingsPlace {
	/** Commands of ours. */
	readonly commands: readonly OwnCommand[];
	/** The client reads nothing of the file. */
	readonly isIgnored: boolean;
}

/** Folder whose sessions read the settings; null for the user's, and for a file that was named. */
export function folderOf({ scope, file }: SettingsPlace): string | null {
	const isFolders = scope === "project" || scope === "local";
	return isFolders ? path.dirname(path.dirname(file)) : null;
}

/** What each session of a client reads that runs in one of the folders, without folders any session. */
export function sessionsOf<T extends SettingsPlace>(settings: readonly T[]): T[][] {
	const common = settings.filter((each) => folderOf(each) === null);
	const folders = new Set(settings.map(folderOf).filter((folder) => folder !== null));
	if (folders.size === 0) return [common];
	return [...folders].map((folder) => [
		...common,
		...settings.filter((each) => folderOf(each) === folder),
	]);
}

/** The settings that decide for a session whether hooks run: local before project before user. */
export function decidingOnHooks<T extends SettingsPlace & { readonly isDisabled: boolean | null }>(
	session: readonly T[],
): T | undefined {
	const rank = ({ scope }: T) => (scope === null ? SCOPES.length : SCOPES.indexOf(scope));
	const deciding = session.filter(({ isDisabled }) => isDisabled !== null);
	return deciding.sort((a, b) => rank(a) - rank(b)).at(-1);
}

/**
 * Whether a session writes an event twice because of two settings files: it reads both, and they run
 * a script of ours by different commands. What is the same to the byte the client runs once.
 */
export function isWrittenTwice(one: SettingsCommands, other: SettingsCommands): boolean {
	if (one.isIgnored || other.isIgnored || !isReadWith(one, other)) return false;
	return one.commands.some(({ event, script, command }) =>
		other.commands.some(
			(each) => each.event === event && each.script === script && each.command !== command,
		),
	);
}

/** A file that was named may be anybody's; the user's settings are read beside it too. */
function isReadWith(one: SettingsPlace, other: SettingsPlace): boolean {
	if (one.client !== other.client) return false;
	if (path.relative(one.file, other.file) === "") return false;
	if (one.scope === "user" || other.scope === "user") return true;
	const folder = folderOf(one);
	return folder !== null && folder === folderOf(other);
}
