import * as vscode from "vscode";
import { type FunctionKind, kindOf } from "../../telemetry/tables/functionId.ts";
import { Disposable } from "../disposable.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import { type DetailRow, type DetailSection, detailSections } from "./detailSections.ts";
import type { StatsFeed } from "./statsFeed.ts";
import { detailItem, functionItem, groupItem, moreItem, sectionItem } from "./statsItem.ts";
import type { StatsChange } from "./statsModel.ts";
import { functionTooltip } from "./statsText.ts";

/** Row of the tree; groups and functions are the same object for as long as they are listed. */
export type StatsRow =
	| { readonly type: "group"; readonly kind: FunctionKind }
	| { readonly type: "function"; readonly id: string }
	| { readonly type: "section"; readonly parent: StatsRow; readonly section: DetailSection }
	| { readonly type: "detail"; readonly parent: StatsRow; readonly detail: DetailRow }
	| { readonly type: "more"; readonly kind: FunctionKind; readonly hidden: number };

/** The view "Function Stats": kinds, their functions, and what stands behind each one's figures. */
export class FunctionStatsTree extends Disposable implements vscode.TreeDataProvider<StatsRow> {
	readonly #feed: StatsFeed;
	readonly #host: TelemetryHost;
	readonly #onDidChange = this._register(new vscode.EventEmitter<StatsRow[] | undefined>());
	readonly onDidChangeTreeData = this.#onDidChange.event;
	readonly #view: vscode.TreeView<StatsRow>;
	// VS Code knows rows by their identity: a new object would be a row that it never showed.
	readonly #groups = new Map<FunctionKind, StatsRow>();
	readonly #functions = new Map<string, StatsRow>();

	constructor(feed: StatsFeed, host: TelemetryHost, view: vscode.TreeView<StatsRow>) {
		super();
		this.#feed = feed;
		this.#host = host;
		this.#view = view;
		this.#describe();
		this._register(feed.onDidChange((change) => this.#changed(change)));
	}

	/** What stands below a function is asked for when it is opened, and again when it changes. */
	async getChildren(row?: StatsRow): Promise<StatsRow[]> {
		if (row === undefined) return this.#feed.model.groups.map((kind) => this.#group(kind));
		switch (row.type) {
			case "group":
				return this.#functionsOf(row.kind);
			case "function":
				return this.#sectionsOf(row);
			case "section":
				return row.section.rows.map((detail) => ({ type: "detail", parent: row, detail }));
			default:
				return [];
		}
	}

	getParent(row: StatsRow): StatsRow | undefined {
		if (row.type === "group") return undefined;
		if (row.type === "function") return this.#group(kindOf(row.id));
		return row.type === "more" ? this.#group(row.kind) : row.parent;
	}

	getTreeItem(row: StatsRow): vscode.TreeItem {
		const { model } = this.#feed;
		switch (row.type) {
			case "group":
				return groupItem(row.kind, model.matching(row.kind).length);
			case "function": {
				const stats = model.get(row.id);
				return stats === undefined ? new vscode.TreeItem("") : functionItem(stats, model.sort);
			}
			case "section":
				return sectionItem(row.parent.type === "function" ? row.parent.id : "", row.section);
			case "detail":
				return detailItem(row.detail);
			case "more":
				return moreItem(row, row.hidden);
		}
	}

	/** Asked for when the mouse rests on a row, so its windows of time end then. */
	async resolveTreeItem(item: vscode.TreeItem, row: StatsRow): Promise<vscode.TreeItem> {
		if (row.type !== "function") return item;
		const known = this.#feed.model.get(row.id);
		const fresh = await this.#host.current?.functionStats([row.id]).catch(() => []);
		const stats = fresh?.[0] ?? known;
		if (stats !== undefined) item.tooltip = functionTooltip(stats);
		return item;
	}

	/** Lists more of a group that is longer than a page. */
	showMore(row: unknown): void {
		const more = row as StatsRow | undefined;
		if (more?.type === "more") this.#changed(this.#feed.model.showMore(more.kind));
	}

	/** A group that is fired is fetched anew with all it lists, a function with what stands below. */
	#changed({ isRoot, groups, functions }: StatsChange): void {
		this.#describe();
		if (groups.length > 0 || isRoot) this.#dropOldRows();
		const rows = [
			...groups.map((kind) => this.#group(kind)),
			...functions.map((id) => this.#function(id)),
		];
		if (isRoot) this.#onDidChange.fire(undefined);
		else if (rows.length > 0) this.#onDidChange.fire(rows);
	}

	#describe(): void {
		const { filter } = this.#feed;
		this.#view.description = filter === "" ? "" : `matching “${filter}”`;
	}

	#functionsOf(kind: FunctionKind): StatsRow[] {
		const { model } = this.#feed;
		const listed = model.listed(kind);
		const hidden = model.matching(kind).length - listed.length;
		const rows = listed.map((stats) => this.#function(stats.function_id));
		return hidden === 0 ? rows : [...rows, { type: "more", kind, hidden }];
	}

	async #sectionsOf(row: StatsRow & { type: "function" }): Promise<StatsRow[]> {
		const detail = await this.#host.current?.functionDetail(row.id);
		const sections = detail === undefined ? [] : detailSections(detail);
		return sections.map((section) => ({ type: "section", parent: row, section }));
	}

	/** Else the map would grow with every function that a rebuild or retention took away. */
	#dropOldRows(): void {
		for (const id of this.#functions.keys()) {
			if (this.#feed.model.get(id) === undefined) this.#functions.delete(id);
		}
	}

	#group(kind: FunctionKind): StatsRow {
		return remembered(this.#groups, kind, () => ({ type: "group", kind }));
	}

	#function(id: string): StatsRow {
		return remembered(this.#functions, id, () => ({ type: "function", id }));
	}
}

function remembered<K>(rows: Map<K, StatsRow>, key: K, make: () => StatsRow): StatsRow {
	const row = rows.get(key) ?? make();
	rows.set(key, row);
	return row;
}
