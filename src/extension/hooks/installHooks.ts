import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import * as path from "node:path";
import { promisify } from "node:util";
import * as vscode from "vscode";
import type { Documents } from "../status/documents.ts";
import { hookSettings } from "./hookSettings.ts";
import { installGuide } from "./installGuide.ts";

const TITLE = "Install Hooks";

/** Shows what to add to Claude Code's settings, and copies it. Changes nothing by itself. */
export class HookGuide {
	readonly #root: string;
	readonly #documents: Documents;
	readonly #eventsFile: () => string;

	constructor(root: string, documents: Documents, eventsFile: () => string) {
		this.#root = root;
		this.#documents = documents;
		this.#eventsFile = eventsFile;
		documents.add(TITLE, () => this.#write());
	}

	async show(): Promise<void> {
		await vscode.env.clipboard.writeText(await this.#settings());
		await this.#documents.show(TITLE);
		void vscode.window.showInformationMessage(
			"The hook settings have been copied. The page says where to add them.",
		);
	}

	async #settings(): Promise<string> {
		const hooksJson = await readFile(path.join(this.#root, "hooks", "hooks.json"), "utf8");
		return hookSettings(hooksJson, this.#root);
	}

	async #write(): Promise<string> {
		const configDir = process.env.CLAUDE_CONFIG_DIR || path.join(homedir(), ".claude");
		return installGuide({
			settings: await this.#settings(),
			settingsFile: path.join(configDir, "settings.json"),
			eventsFile: this.#eventsFile(),
			pluginFolder: this.#root,
			isJqFound: await isJqFound(),
		});
	}
}

async function isJqFound(): Promise<boolean> {
	try {
		await promisify(execFile)("jq", ["--version"], { timeout: 5000 });
		return true;
	} catch {
		return false;
	}
}
