import * as path from "node:path";
import type { HookedClient } from "../ingest/clients/hookedClients.ts";
import { unifiedDiff } from "./diff.ts";
import type { PathReader } from "./hookCommand.ts";
import { type HookPackage, placeHooks, readHookPackage } from "./hookFiles.ts";
import { commandsOf, type OwnCommand, ownHandlers } from "./ownHandlers.ts";
import { readHandlers } from "./registration.ts";
import {
	type Machine,
	ownFolder,
	pathReader,
	type SettingsPlace,
	speltFolder,
} from "./settings/places.ts";
import { install, type SettingsChange, uninstall, type Wanted } from "./settings/settingsEdit.ts";
import { SettingsError } from "./settings/settingsError.ts";
import {
	backUpOnce,
	readSettingsFile,
	type SettingsContent,
	writeSettingsFile,
} from "./settings/settingsFile.ts";
import { isIgnoredByClient, parseSettings } from "./settings/settingsText.ts";
import { InstallNotes } from "./status/installNotes.ts";

/** A settings file that keeps changing while it is to be changed is given up after this often. */
const MAX_TRIES = 5;

/** Stands among the notes for a file that was not there. */
const WHOLE_FILE = "file";

export type Action = "install" | "uninstall";

/** A change that has not been made. */
export interface ProposedChange extends Pick<SettingsChange, "added" | "upgraded" | "removed"> {
	readonly action: Action;
	readonly client: HookedClient;
	readonly file: string;
	readonly before: string;
	readonly after: string;
	/** As `diff -u` shows it. */
	readonly diff: string;
	/** The client reads nothing of the file as it is then: see {@link isIgnoredByClient}. */
	readonly isIgnored: boolean;
	/** Commands of ours that the file has then; after taking them out those changed by hand. */
	readonly commands: readonly OwnCommand[];
}

/** What became of a change. */
export interface ChangeResult extends ProposedChange {
	readonly state: "changed" | "unchanged" | "refused";
	/** Copy of the file as it was before the first change; null when there was no file. */
	readonly backup: string | null;
	/** Folder of the hooks that the settings name; null after taking them out. */
	readonly hooksFolder: string | null;
}

/** Which file, and how. */
interface ChangeRequest extends SettingsPlace {
	readonly action: Action;
	/** Asked before anything is written, and again when the change has become another. */
	confirm(change: ProposedChange): Promise<boolean>;
}

/** Puts our hooks into settings files of clients, and takes them out. */
export class HookInstaller {
	readonly #source: string;
	readonly #version: string;
	readonly #machine: Machine;

	/** @param source folder `hooks` of the package @param version of the package */
	constructor(source: string, version: string, machine: Machine) {
		this.#source = source;
		this.#version = version;
		this.#machine = machine;
	}

	/** The hooks as this version brings them. */
	hooks(): Promise<HookPackage> {
		return readHookPackage(this.#source, this.#version);
	}

	/**
	 * Proposes a change, and makes it once it is confirmed. When the file changes meanwhile it
	 * starts again from what is there then.
	 *
	 * @throws SettingsError when the file can not be changed safely, or what the file system says
	 */
	async change(request: ChangeRequest): Promise<ChangeResult> {
		const hooks = await this.hooks();
		let confirmed = "";
		for (let attempt = 0; attempt < MAX_TRIES; attempt++) {
			const content = await readSettingsFile(request.file);
			const { change, proposed } = await this.#propose(request, hooks, content);
			const nothing = { ...proposed, backup: null, hooksFolder: null };
			if (proposed.before === proposed.after) {
				return { ...nothing, state: "unchanged" };
			}
			if (confirmed !== proposed.diff && !(await request.confirm(proposed))) {
				return { ...nothing, state: "refused" };
			}
			confirmed = proposed.diff;
			const result = await this.#write(request, hooks, content, change);
			if (result !== null) return { ...proposed, ...result, state: "changed" };
		}
		throw new SettingsError("the file kept changing while it was to be changed");
	}

	#notesOf(client: HookedClient): InstallNotes {
		return new InstallNotes(ownFolder(client, this.#machine));
	}

	#wanted({ client, scope }: ChangeRequest, hooks: HookPackage, reader: PathReader): Wanted {
		const folder = path.join(ownFolder(client, this.#machine), "hooks", hooks.version);
		return {
			handlers: readHandlers(hooks.registrations.get(client.name) ?? ""),
			folder: speltFolder(client, scope, hooks.version, this.#machine),
			realFolder: reader.canonical(folder).replace(/\\/g, "/"),
			reader,
		};
	}

	async #propose(
		request: ChangeRequest,
		hooks: HookPackage,
		{ realFile, text }: SettingsContent,
	): Promise<{ change: SettingsChange; proposed: ProposedChange }> {
		const { action, client, file } = request;
		const reader = pathReader(client, this.#machine);
		const notes = await this.#notesOf(client).read(realFile);
		const change =
			action === "install"
				? install(text, this.#wanted(request, hooks, reader), notes)
				: uninstall(text, reader, notes);
		const { added, upgraded, removed } = change;
		const diff = unifiedDiff(text, change.text, file);
		const proposed = {
			action,
			client,
			file,
			before: text,
			after: change.text,
			diff,
			added,
			upgraded,
			removed,
			isIgnored: isIgnoredByClient(change.text, client),
			commands: commandsOf(ownHandlers(parseSettings(change.text).root, reader)),
		};
		return { change, proposed };
	}

	/** @returns null when the file has changed meanwhile */
	async #write(
		{ action, client }: ChangeRequest,
		hooks: HookPackage,
		content: SettingsContent,
		{ text, notes }: SettingsChange,
	): Promise<Pick<ChangeResult, "backup" | "hooksFolder"> | null> {
		const { realFile, bytes } = content;
		const kept = this.#notesOf(client);
		if (action === "install") {
			// The scripts first: settings must never name what is not there.
			const hooksFolder = await placeHooks(
				hooks,
				path.join(ownFolder(client, this.#machine), "hooks"),
			);
			const backup = await backUpOnce(content);
			const made = bytes === null ? [...notes.made, WHOLE_FILE] : notes.made;
			await kept.write(realFile, { ...notes, made });
			return (await writeSettingsFile(content, text)) ? { backup, hooksFolder } : null;
		}
		const { made } = await kept.read(realFile);
		const isOurs = made.includes(WHOLE_FILE);
		const backup = isOurs ? null : await backUpOnce(content);
		if (!(await writeSettingsFile(content, isOurs && text === "" ? null : text))) return null;
		await kept.forget(realFile);
		return { backup, hooksFolder: null };
	}
}
