import * as vscode from "vscode";
import { clientTitle } from "../../ingest/clients/clientIdentities.ts";
import type { LiveFeed } from "../../live/liveFeed.ts";
import { PatchClock } from "../../live/patchClock.ts";
import type { GraphMirror } from "../../model/views/graphMirror.ts";
import { LiveTree } from "../../model/views/liveTree.ts";
import { Usual } from "../../model/views/usualTimes.ts";
import { type GraphPatch, isAlive, type NodeView } from "../../model/views/view.ts";
import { Disposable } from "../disposable.ts";
import { agentItem, type RowContext, rowSignature, rowTooltip } from "./agentItem.ts";

/** A tree needs no more than this; the graph is the place for every pulse. */
const REFRESH_INTERVAL_MS = 250;
/** Durations are shown in seconds while a row is young. */
const TICK_MS = 1000;

/** Row of the tree: a node's key, the same object for as long as the node is listed. */
export interface AgentTreeRow {
	readonly key: string;
}

/** The view "Live Agents": sessions, and below each its agents as they nest. */
export class LiveAgentsTree extends Disposable implements vscode.TreeDataProvider<AgentTreeRow> {
	readonly #feed: LiveFeed;
	readonly #onDidChange = this._register(new vscode.EventEmitter<AgentTreeRow[] | undefined>());
	readonly onDidChangeTreeData = this.#onDidChange.event;
	readonly #view: vscode.TreeView<AgentTreeRow>;
	readonly #rows = new Map<string, AgentTreeRow>();
	/** What {@link rowSignature} said of each row when it was drawn last. */
	readonly #drawn = new Map<string, string>();
	#usual = new Usual();
	readonly #clock = this._register(new PatchClock(() => this.#refresh(), REFRESH_INTERVAL_MS));
	#tree: LiveTree;
	#changed = new Set<string>();
	#isReshaped = false;
	#tick: NodeJS.Timeout | undefined;

	constructor(feed: LiveFeed, view: vscode.TreeView<AgentTreeRow>) {
		super();
		this.#feed = feed;
		this.#view = view;
		this.#tree = this.#build();
		const stop = feed.listen({
			patch: (patch) => this.#patched(patch),
			reset: () => this.#reshape(),
			// Sessions of the workspace may have become others.
			settings: ({ usualTimes }) => {
				this.#usual = new Usual(usualTimes);
				this.#reshape();
			},
		});
		this._register({ dispose: stop });
		this._register(this.#view.onDidChangeVisibility(() => this.#keepTicking()));
		this._register({ dispose: () => clearInterval(this.#tick) });
		this.#keepTicking();
		this.#view.badge = this.#badge();
	}

	/** A line above the rows; undefined takes it away. */
	say(message: string | undefined): void {
		this.#view.message = message ?? "";
	}

	getChildren(row?: AgentTreeRow): AgentTreeRow[] {
		const nodes = row === undefined ? this.#tree.roots : this.#tree.children(row.key);
		return nodes.map(({ key }) => this.#row(key));
	}

	getParent(row: AgentTreeRow): AgentTreeRow | undefined {
		const parent = this.#tree.parent(row.key);
		return parent === null ? undefined : this.#row(parent);
	}

	getTreeItem(row: AgentTreeRow): vscode.TreeItem {
		const node = this.#feed.mirror.nodes.get(row.key);
		if (node === undefined) return new vscode.TreeItem("");
		const context = this.#contextOf(node);
		this.#drawn.set(row.key, rowSignature(node, context));
		return agentItem(node, context);
	}

	/** Asked for while a pointer rests on the row, so that it is true then. */
	resolveTreeItem(item: vscode.TreeItem, row: AgentTreeRow): vscode.TreeItem {
		const node = this.#feed.mirror.nodes.get(row.key);
		if (node !== undefined) item.tooltip = rowTooltip(node, this.#contextOf(node));
		return item;
	}

	#contextOf(node: NodeView): RowContext {
		const now = Date.now();
		const children = this.#tree.children(node.key);
		const quiet = this.#usual.quietText(node, now, children.some(isAlive));
		const isNamesake =
			node.kind === "session" &&
			this.#tree.roots.some(({ key, folder }) => key !== node.key && folder === node.folder);
		const isOneOfSeveral = this.#tree.roots.some(({ client }) => client !== node.client);
		const client = node.kind === "session" && isOneOfSeveral ? clientTitle(node.client) : "";
		return { hasChildren: children.length > 0, now, quiet, isNamesake, client };
	}

	/** Rows that look different from when they were drawn last. */
	#stale(keys: Iterable<string>): AgentTreeRow[] {
		return [...keys].flatMap((key) => {
			const node = this.#feed.mirror.nodes.get(key);
			if (node === undefined || !this.#rows.has(key)) return [];
			const isSame = this.#drawn.get(key) === rowSignature(node, this.#contextOf(node));
			return isSame ? [] : [this.#row(key)];
		});
	}

	#build(): LiveTree {
		return new LiveTree(this.#feed.mirror.nodes, this.#feed.settings.workspaceFolders);
	}

	#patched({ upserts, removes }: GraphPatch): void {
		for (const { key } of upserts) this.#changed.add(key);
		if (removes.length > 0) this.#isReshaped = true;
		this.#clock.request();
	}

	#reshape(): void {
		this.#isReshaped = true;
		this.#clock.request();
	}

	/** Fires the rows that changed; the whole tree only when rows came, went or moved. */
	#refresh(): void {
		const before = this.#tree;
		this.#tree = this.#build();
		const changed = [...this.#changed];
		this.#changed = new Set();
		const isReshaped = this.#isReshaped || changed.some((key) => this.#hasMoved(before, key));
		this.#isReshaped = false;
		if (isReshaped) this.#dropOldRows();
		const listed = isReshaped ? [] : this.#stale(changed);
		if (isReshaped) this.#onDidChange.fire(undefined);
		else if (listed.length > 0) this.#onDidChange.fire(listed);
		this.#view.badge = this.#badge();
	}

	#hasMoved(before: LiveTree, key: string): boolean {
		const node = this.#feed.mirror.nodes.get(key);
		if (node?.kind === "session") {
			return before.roots.some((root) => root.key === key) !== this.#tree.roots.includes(node);
		}
		return before.parent(key) !== this.#tree.parent(key);
	}

	#dropOldRows(): void {
		for (const key of this.#rows.keys()) {
			if (this.#feed.mirror.nodes.has(key)) continue;
			this.#rows.delete(key);
			this.#drawn.delete(key);
		}
	}

	#badge(): vscode.ViewBadge | undefined {
		const { waiting } = this.#feed.mirror.counters;
		if (waiting === 0) return undefined;
		return { value: waiting, tooltip: `${waiting} waiting for your permission` };
	}

	#keepTicking(): void {
		clearInterval(this.#tick);
		if (!this.#view.visible) return;
		this.#tick = setInterval(() => this.#fireAges(), TICK_MS);
	}

	#fireAges(): void {
		const stale = this.#stale(this.#rows.keys());
		if (stale.length > 0) this.#onDidChange.fire(stale);
	}

	#row(key: string): AgentTreeRow {
		let row = this.#rows.get(key);
		if (row === undefined) {
			row = { key };
			this.#rows.set(key, row);
		}
		return row;
	}
}

/** A feed whose nodes can be looked up. */
export interface MirroredFeed {
	readonly mirror: GraphMirror;
}

/** A node as it was last seen, for commands that a row was handed to. */
export function nodeOfRow(feed: MirroredFeed, row: unknown): NodeView | undefined {
	const key = (row as AgentTreeRow | undefined)?.key;
	return typeof key === "string" ? feed.mirror.nodes.get(key) : undefined;
}
