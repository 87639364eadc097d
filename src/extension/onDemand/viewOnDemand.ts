import * as vscode from "vscode";
import { Disposable } from "../disposable.ts";

/** A view of which nothing is there but its place until it is shown, or a command needs its rows. */
export class ViewOnDemand<
	Row,
	Tree extends vscode.TreeDataProvider<Row> & vscode.Disposable,
> extends Disposable {
	readonly #onDidChange = this._register(new vscode.EventEmitter<Row | Row[] | undefined>());
	readonly #view: vscode.TreeView<Row>;
	readonly #make: (view: vscode.TreeView<Row>) => Tree;
	#tree: Tree | null = null;

	/** @param make called once */
	constructor(
		id: string,
		make: (view: vscode.TreeView<Row>) => Tree,
		options: { readonly showCollapseAll?: boolean } = {},
	) {
		super();
		this.#make = make;
		const treeDataProvider: vscode.TreeDataProvider<Row> = {
			onDidChangeTreeData: this.#onDidChange.event,
			getChildren: (row) => this.tree.getChildren(row),
			getTreeItem: (row) => this.tree.getTreeItem(row),
			getParent: (row) => this.tree.getParent?.(row),
			resolveTreeItem: (item, row, token) => this.tree.resolveTreeItem?.(item, row, token) ?? item,
		};
		this.#view = this._register(vscode.window.createTreeView(id, { treeDataProvider, ...options }));
	}

	/** What fills the view. */
	get tree(): Tree {
		if (this.#tree === null) {
			this.#tree = this._register(this.#make(this.#view));
			const changed = this.#tree.onDidChangeTreeData?.((rows) =>
				this.#onDidChange.fire(rows as Row | Row[] | undefined),
			);
			if (changed !== undefined) this._register(changed);
		}
		return this.#tree;
	}
}
