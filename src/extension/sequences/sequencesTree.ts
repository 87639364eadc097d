import * as vscode from "vscode";
import type { Sequence } from "../../sequences/learned.ts";
import { Disposable } from "../disposable.ts";
import { views } from "../ids.ts";
import type { LearnedFeed } from "./learnedFeed.ts";

/** What makes rows, loaded when the first is shown. */
interface SequenceRows {
	sequenceItem(sequence: Sequence): vscode.TreeItem;
}

/** The view "Sequences": what agents do one after the other again and again, most often first. */
export class SequencesTree extends Disposable implements vscode.TreeDataProvider<Sequence> {
	readonly #feed: LearnedFeed;
	readonly #onDemand: () => SequenceRows;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChangeTreeData = this.#onDidChange.event;
	readonly #onDidSelect = this._register(new vscode.EventEmitter<Sequence | null>());
	/** The row that is selected; null when none is any more. */
	readonly onDidSelect = this.#onDidSelect.event;

	constructor(feed: LearnedFeed, onDemand: () => SequenceRows) {
		super();
		this.#feed = feed;
		this.#onDemand = onDemand;
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
		return this.#onDemand().sequenceItem(sequence);
	}
}
