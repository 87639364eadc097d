import { existsSync } from "node:fs";
import { homedir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import { FIRST_HOOKED, type HookedClient } from "../../ingest/clients/hookedClients.ts";
import { type Action, HookInstaller } from "../../installer/installer.ts";
import { findJq, jqAdvice } from "../../installer/jq.ts";
import {
	clientsHere,
	configFolder,
	type Machine,
	type SettingsPlace,
	settingsPlaces,
} from "../../installer/settings/places.ts";
import { isWrittenTwice, type SettingsCommands } from "../../installer/settings/sessionSettings.ts";
import { SettingsError } from "../../installer/settings/settingsError.ts";
import { type InstalledHooks, inspectSettings } from "../../installer/status/hookStatus.ts";
import { describeInstalled } from "../../installer/status/statusText.ts";
import { Disposable } from "../disposable.ts";
import { changeHooks } from "./hookFlow.ts";
import { type PlaceChoice, VsDialogs } from "./vsDialogs.ts";

const LABELS = { user: "User", project: "Project", local: "Project, this machine only" } as const;

/** The commands about hooks, and what is known of the settings that sessions of this window read. */
export class HookCommands extends Disposable {
	readonly #machine: Machine = { env: process.env, home: homedir() };
	readonly #installer: HookInstaller;
	readonly #dialogs = this._register(new VsDialogs(() => this.#choices()));
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	/** Settings have been changed by a command. */
	readonly onDidChange = this.#onDidChange.event;

	/** @param root the extension's folder @param version its version */
	constructor(root: string, version: string) {
		super();
		this.#installer = new HookInstaller(path.join(root, "hooks"), version, this.#machine);
	}

	get configFolder(): string {
		return configFolder(FIRST_HOOKED, this.#machine);
	}

	/** @throws Error with a sentence for people */
	async change(action: Action): Promise<void> {
		try {
			await changeHooks(action, {
				installer: this.#installer,
				dialogs: this.#dialogs,
				othersWritingToo: (settings) => this.#othersWritingToo(settings),
				jqAdvice: async () => {
					const isThere = (await findJq(process.env)) !== null;
					return isThere ? null : jqAdvice(process.platform);
				},
			});
		} catch (error) {
			if (!(error instanceof SettingsError)) throw error;
			throw new Error(`The settings were left alone: ${error.message}`);
		} finally {
			this.#onDidChange.fire();
		}
	}

	/** What the settings that sessions of this window read have of our hooks. */
	async installed(): Promise<InstalledHooks[]> {
		const hooks = await this.#installer.hooks();
		return Promise.all(
			this.#settings().map(({ place }) => inspectSettings(place, hooks, this.#machine, existsSync)),
		);
	}

	/** The user's settings, and those of each folder of the workspace, of each client. */
	#settings(): { place: SettingsPlace; folder: string }[] {
		return clientsHere(this.#machine).flatMap((client) => this.#settingsOf(client));
	}

	#settingsOf(client: HookedClient): { place: SettingsPlace; folder: string }[] {
		const folders = (vscode.workspace.workspaceFolders ?? []).filter(
			({ uri }) => uri.scheme === "file",
		);
		const users = settingsPlaces(client, this.#machine, "", ["user"]);
		const others = folders.flatMap(({ uri, name }) =>
			settingsPlaces(client, this.#machine, uri.fsPath, ["project", "local"]).map((place) => ({
				place,
				folder: folders.length > 1 ? name : "",
			})),
		);
		// In the home folder a project's settings are the user's own.
		const seen = new Set(users.map(({ file }) => file));
		const distinct = others.filter(({ place }) => !seen.has(place.file) && seen.add(place.file));
		return [...users.map((place) => ({ place, folder: "" })), ...distinct];
	}

	/** Settings of a folder that is not trusted are not written: it may be anybody's. */
	async #choices(): Promise<PlaceChoice[]> {
		const installed = await this.installed();
		return this.#settings()
			.map(({ place, folder }, index) => {
				const hooks = installed[index];
				const whose = place.client === FIRST_HOOKED ? "" : place.client.title;
				const label = [whose, LABELS[place.scope ?? "user"], folder].filter(Boolean).join(" – ");
				return { ...place, label, state: hooks === undefined ? "" : describeInstalled(hooks) };
			})
			.filter(({ scope }) => scope === "user" || vscode.workspace.isTrusted);
	}

	async #othersWritingToo(settings: SettingsCommands): Promise<string[]> {
		const installed = await this.installed();
		return installed.filter((other) => isWrittenTwice(settings, other)).map(({ file }) => file);
	}
}
