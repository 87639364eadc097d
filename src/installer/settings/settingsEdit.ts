import { hookCommand, type PathReader } from "../hookCommand.ts";
import { type OwnHandler, ownHandlers } from "../ownHandlers.ts";
import { type Handler, handlerEntry } from "../registration.ts";
import { type MadeNotes, NO_NOTES, SettingsEditor } from "./settingsEditor.ts";

/** What is to be installed, and where the commands find it. */
export interface Wanted {
	readonly handlers: readonly Handler[];
	/** Folder of the scripts as commands spell it between double quotes. */
	readonly folder: string;
	/** The same folder's real path. */
	readonly realFolder: string;
	readonly reader: PathReader;
}

export interface SettingsChange {
	readonly text: string;
	readonly notes: MadeNotes;
	/** Handlers put in, brought up to date, taken out. */
	readonly added: number;
	readonly upgraded: number;
	readonly removed: number;
}

/**
 * Puts the wanted handlers into a settings file's text: what is missing behind what is there, what
 * is of another version brought up to date where it stands, what is there twice taken out.
 *
 * @param notes of the installation before, when there was one
 * @throws SettingsError when the text can not be changed safely
 */
export function install(all: string, wanted: Wanted, notes: MadeNotes): SettingsChange {
	const editor = new SettingsEditor(all);
	const before = ownHandlers(editor.root, wanted.reader);
	if (before.length > 0) editor.recall(notes);
	const needless = needlessOf(before, wanted.handlers);
	editor.remove(needless);
	const old = ownHandlers(editor.root, wanted.reader).filter(
		({ isMixed, folder }) => !isMixed && folder !== wanted.realFolder,
	);
	for (const own of old.reverse()) {
		const handler = wanted.handlers.find((each) => keyOfHandler(each) === keyOfHandler(own));
		const command = own.prefix + hookCommand(wanted.folder, own.script, handler?.client);
		if (handler !== undefined) editor.upgrade(own, handler, command);
	}
	const present = new Set(before.map(keyOfHandler));
	const missing = wanted.handlers.filter((handler) => !present.has(keyOfHandler(handler)));
	editor.add(groupsOf(missing, wanted.folder));
	return {
		...editor.result(),
		added: missing.length,
		upgraded: old.length,
		removed: needless.length,
	};
}

/** Takes out the handlers of ours, and the containers that they leave empty and the notes name. */
export function uninstall(all: string, reader: PathReader, notes: MadeNotes): SettingsChange {
	const editor = new SettingsEditor(all);
	editor.recall(notes);
	const own = ownHandlers(editor.root, reader).filter(({ isMixed }) => !isMixed);
	editor.remove(own);
	const { text } = editor.result();
	return { text, notes: NO_NOTES, added: 0, upgraded: 0, removed: own.length };
}

/** A group of its own for each handler, by event. */
function groupsOf(handlers: readonly Handler[], folder: string): Map<string, object[]> {
	const groups = new Map<string, object[]>();
	for (const handler of handlers) {
		const { event, matcher, script, client } = handler;
		const entry = handlerEntry(handler, hookCommand(folder, script, client));
		const group = { ...(matcher === undefined ? {} : { matcher }), hooks: [entry] };
		groups.set(event, [...(groups.get(event) ?? []), group]);
	}
	return groups;
}

/** What is there twice, and what this version no longer registers. */
function needlessOf(own: readonly OwnHandler[], wanted: readonly Handler[]): OwnHandler[] {
	const needed = new Set(wanted.map(keyOfHandler));
	return own.filter((handler) => !needed.delete(keyOfHandler(handler)) && !handler.isMixed);
}

function keyOfHandler({ event, script }: { event: string; script: string }): string {
	return `${event} ${script}`;
}
