import * as vscode from "vscode";
import type { Sequence } from "../../sequences/learned.ts";
import { Disposable } from "../disposable.ts";
import type { LearnedFeed } from "./learnedFeed.ts";
import { sequenceItem } from "./sequenceItem.ts";

/** The view "Sequences": what agents do one after the other again and again, longest in all first. */
export class SequencesTree extends Disposable implements vscode.TreeDataProvider<Sequence> {
	readonly #feed: LearnedFeed;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChangeTreeData = this.#onDidChange.event;
	readonly #onDidSelect = this._register(new vscode.EventEmitter<Sequence | null>());
	/** The row that is selected; null when none is any more. */
	readonly onDidSelect = this.#onDidSelect.event;

	constructor(feed: LearnedFeed, view: vscode.TreeView<Sequence>) {
		super();
		this.#feed = feed;
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
		return sequenceItem(sequence);
	}
}
