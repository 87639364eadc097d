import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { homedir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { InstalledHooks, SettingsPlace } from "../../installer/hookStatus.ts";
import type { Action, HookInstaller } from "../../installer/installer.ts";
import { type ClientPlace, configFolder, SCOPES, settingsPath } from "../../installer/places.ts";
import { isWrittenTwice, type SettingsCommands } from "../../installer/sessionSettings.ts";
import { describeInstalled } from "../../installer/statusText.ts";
import { Disposable } from "../disposable.ts";
import type { HookEngine } from "./engine.ts";
import { changeHooks } from "./hookFlow.ts";
import { type PlaceChoice, VsDialogs } from "./vsDialogs.ts";

const LABELS = { user: "User", project: "Project", local: "Project, this machine only" } as const;

/** The commands about hooks, and what is known of the settings that sessions of this window read. */
export class HookCommands extends Disposable {
	readonly #place: ClientPlace = { env: process.env, home: homedir() };
	readonly #root: string;
	readonly #version: string;
	#loaded: { readonly engine: HookEngine; readonly installer: HookInstaller } | null = null;
	readonly #dialogs = this._register(new VsDialogs(() => this.#choices()));
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	/** Settings have been changed by a command. */
	readonly onDidChange = this.#onDidChange.event;

	/** @param root the extension's folder @param version its version */
	constructor(root: string, version: string) {
		super();
		this.#root = root;
		this.#version = version;
	}

	/** Loaded when it is first asked for. */
	get #parts(): { readonly engine: HookEngine; readonly installer: HookInstaller } {
		if (this.#loaded === null) {
			const file = path.join(this.#root, "dist", "hookInstaller.cjs");
			const { engine } = createRequire(file)(file) as { engine: HookEngine };
			const scripts = path.join(this.#root, "hooks");
			const installer = new engine.HookInstaller(scripts, this.#version, this.#place);
			this.#loaded = { engine, installer };
		}
		return this.#loaded;
	}

	get configFolder(): string {
		return configFolder(this.#place);
	}

	/** @throws Error with a sentence for people */
	async change(action: Action): Promise<void> {
		const { engine, installer } = this.#parts;
		try {
			await changeHooks(action, {
				installer,
				dialogs: this.#dialogs,
				othersWritingToo: (settings) => this.#othersWritingToo(settings),
				jqAdvice: async () => {
					const isThere = (await engine.findJq(process.env)) !== null;
					return isThere ? null : engine.jqAdvice(process.platform);
				},
			});
		} catch (error) {
			if (!(error instanceof engine.SettingsError)) throw error;
			throw new Error(`The settings were left alone: ${error.message}`);
		} finally {
			this.#onDidChange.fire();
		}
	}

	/** What the settings that sessions of this window read have of our hooks. */
	async installed(): Promise<InstalledHooks[]> {
		const { engine, installer } = this.#parts;
		const hooks = await installer.hooks();
		return Promise.all(
			this.#settings().map(({ place }) =>
				engine.inspectSettings(place, hooks, this.#place, existsSync),
			),
		);
	}

	/** The user's settings, and those of each folder of the workspace. */
	#settings(): { place: SettingsPlace; folder: string }[] {
		const folders = (vscode.workspace.workspaceFolders ?? []).filter(
			({ uri }) => uri.scheme === "file",
		);
		const user = { scope: "user", file: settingsPath("user", this.#place, "") } as const;
		const others = folders.flatMap(({ uri, name }) =>
			SCOPES.filter((scope) => scope !== "user").map((scope) => ({
				place: { scope, file: settingsPath(scope, this.#place, uri.fsPath) },
				folder: folders.length > 1 ? name : "",
			})),
		);
		// In the home folder a project's settings are the user's own.
		const seen = new Set([user.file]);
		const distinct = others.filter(({ place }) => !seen.has(place.file) && seen.add(place.file));
		return [{ place: user, folder: "" }, ...distinct];
	}

	/** Settings of a folder that is not trusted are not written: it may be anybody's. */
	async #choices(): Promise<PlaceChoice[]> {
		const installed = await this.installed();
		return this.#settings()
			.map(({ place, folder }, index) => {
				const hooks = installed[index];
				const label = [LABELS[place.scope ?? "user"], folder].filter(Boolean).join(" – ");
				return { ...place, label, state: hooks === undefined ? "" : describeInstalled(hooks) };
			})
			.filter(({ scope }) => scope === "user" || vscode.workspace.isTrusted);
	}

	async #othersWritingToo(settings: SettingsCommands): Promise<string[]> {
		const installed = await this.installed();
		return installed.filter((other) => isWrittenTwice(settings, other)).map(({ file }) => file);
	}
}
