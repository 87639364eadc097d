import * as vscode from "vscode";
import type { Action, ProposedChange } from "../../installer/installer.ts";
import type { SettingsPlace } from "../../installer/settings/places.ts";
import { Disposable } from "../disposable.ts";
import { SETTINGS_PREVIEW_SCHEME } from "../ids.ts";
import type { HookDialogs } from "./hookFlow.ts";

const TITLES: Readonly<Record<Action, string>> = {
	install: "Install Hooks",
	uninstall: "Uninstall Hooks",
};

/** A settings file to choose, in words. */
export interface PlaceChoice extends SettingsPlace {
	readonly label: string;
	/** What is installed there. */
	readonly state: string;
}

/** The dialogs as VS Code shows them: a list, an editor with both sides, a question. */
export class VsDialogs
	extends Disposable
	implements HookDialogs, vscode.TextDocumentContentProvider
{
	readonly #places: () => Promise<readonly PlaceChoice[]>;
	readonly #onDidChange = this._register(new vscode.EventEmitter<vscode.Uri>());
	readonly onDidChange = this.#onDidChange.event;
	#shown: ProposedChange | null = null;

	constructor(places: () => Promise<readonly PlaceChoice[]>) {
		super();
		this.#places = places;
		this._register(
			vscode.workspace.registerTextDocumentContentProvider(SETTINGS_PREVIEW_SCHEME, this),
		);
	}

	provideTextDocumentContent(uri: vscode.Uri): string {
		return (uri.query === "before" ? this.#shown?.before : this.#shown?.after) ?? "";
	}

	async choosePlace(action: Action): Promise<SettingsPlace | undefined> {
		const items = (await this.#places()).map((place) => ({
			label: place.label,
			description: place.state,
			detail: place.file,
			place,
		}));
		const placeHolder = `Settings to ${action} the hooks ${action === "install" ? "in" : "from"}`;
		const chosen = await vscode.window.showQuickPick(items, {
			title: TITLES[action],
			placeHolder,
			matchOnDetail: true,
		});
		if (chosen === undefined) return undefined;
		const { client, scope, file } = chosen.place;
		return { client, scope, file };
	}

	async confirm(change: ProposedChange, notes: readonly string[]): Promise<boolean> {
		const verb = change.action === "install" ? "Install" : "Uninstall";
		const question = `${verb} the hooks of Agent Live Graph: change ${change.file}?`;
		await this.#preview(change);
		const detail = [counts(change), ...notes].join("\n\n");
		const options = { modal: true, detail };
		try {
			const answer = await vscode.window.showInformationMessage(
				...([question, options, verb, "Look First"] as const),
			);
			if (answer !== "Look First") return answer === verb;
			// A modal question stands in the way of what it asks about.
			return (await vscode.window.showInformationMessage(question, verb, "Cancel")) === verb;
		} finally {
			await closePreview();
		}
	}

	async tell(message: string, undo?: string): Promise<boolean> {
		const answer = await vscode.window.showInformationMessage(
			message,
			...(undo === undefined ? [] : [undo]),
		);
		return undo !== undefined && answer === undo;
	}

	warn(message: string): void {
		void vscode.window.showWarningMessage(message);
	}

	/** Both sides of the change, in an editor that nothing can be typed into. */
	async #preview(change: ProposedChange): Promise<void> {
		this.#shown = change;
		const path = vscode.Uri.file(change.file).path;
		const [before, after] = ["before", "after"].map((query) =>
			vscode.Uri.from({ scheme: SETTINGS_PREVIEW_SCHEME, path, query }),
		);
		if (before === undefined || after === undefined) return;
		for (const uri of [before, after]) this.#onDidChange.fire(uri);
		const title = `${path.slice(path.lastIndexOf("/") + 1)}: ${TITLES[change.action]}`;
		await vscode.commands.executeCommand("vscode.diff", before, after, title, { preview: true });
	}
}

/** Whatever was answered, there is no change to be looked at any longer. */
async function closePreview(): Promise<void> {
	const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
	const previews = tabs.filter(
		({ input }) =>
			input instanceof vscode.TabInputTextDiff && input.modified.scheme === SETTINGS_PREVIEW_SCHEME,
	);
	if (previews.length > 0) await vscode.window.tabGroups.close(previews);
}

function counts({ added, upgraded, removed }: ProposedChange): string {
	const parts = [
		...(added > 0 ? [`${added} hooks are added`] : []),
		...(upgraded > 0 ? [`${upgraded} are brought up to date`] : []),
		...(removed > 0 ? [`${removed} are removed`] : []),
	];
	return `${parts.join(", ")}. Nothing else in the file changes.`;
}
