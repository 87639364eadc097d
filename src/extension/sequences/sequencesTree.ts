import * as vscode from "vscode";
import type { Sequence } from "../../sequences/learned.ts";
import { Disposable } from "../disposable.ts";
import { commands, views } from "../ids.ts";
import type { LearnedFeed } from "./learnedFeed.ts";
import { sequenceDescription, sequenceLabel, sequenceTooltip } from "./learnedText.ts";

/** The view "Sequences": what agents do one after the other again and again, most often first. */
export class SequencesTree extends Disposable implements vscode.TreeDataProvider<Sequence> {
	readonly #feed: LearnedFeed;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChangeTreeData = this.#onDidChange.event;
	readonly #onDidSelect = this._register(new vscode.EventEmitter<Sequence | null>());
	/** The row that is selected; null when none is any more. */
	readonly onDidSelect = this.#onDidSelect.event;

	constructor(feed: LearnedFeed) {
		super();
		this.#feed = feed;
		const view = this._register(
			vscode.window.createTreeView(views.sequences, { treeDataProvider: this }),
		);
		this._register(feed.onDidChange(() => this.#onDidChange.fire()));
		this._register(
			view.onDidChangeSelection(({ selection }) => this.#onDidSelect.fire(selection[0] ?? null)),
		);
	}

	getChildren(row?: Sequence): Sequence[] {
		return row === undefined ? [...this.#feed.sequences] : [];
	}

	getParent(): undefined {
		return undefined;
	}

	getTreeItem(sequence: Sequence): vscode.TreeItem {
		const label = sequenceLabel(sequence);
		const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
		item.id = `sequence ${sequence.hash}`;
		item.description = sequenceDescription(sequence);
		item.tooltip = sequenceTooltip(sequence);
		item.iconPath = new vscode.ThemeIcon("list-ordered");
		item.contextValue = "sequence";
		item.command = { command: commands.openSequence, title: "Open", arguments: [sequence] };
		item.accessibilityInformation = { label: `${label}, ${item.description}` };
		return item;
	}
}
