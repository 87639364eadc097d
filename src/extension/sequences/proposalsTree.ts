import * as vscode from "vscode";
import { formatCount } from "../../model/views/format.ts";
import type { Proposal } from "../../sequences/learned.ts";
import type { ProposalStatus } from "../../sequences/proposals/kinds.ts";
import { byKind, SHOWN_UNASKED, shortList } from "../../sequences/proposals/shortList.ts";
import { Disposable } from "../disposable.ts";
import type { LearnedFeed } from "./learnedFeed.ts";
import {
	type ProposalRow,
	proposalItem,
	proposalKindItem,
	proposalStatusItem,
	restItem,
} from "./proposalItem.ts";

const DECIDED: readonly ProposalStatus[] = ["accepted", "dismissed"];

/** The view "Proposals": the few that save most by kind, all on demand, and what the user has decided on. */
export class ProposalsTree extends Disposable implements vscode.TreeDataProvider<ProposalRow> {
	readonly #feed: LearnedFeed;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChangeTreeData = this.#onDidChange.event;
	#showsAll = false;

	constructor(feed: LearnedFeed, view: vscode.TreeView<ProposalRow>) {
		super();
		this.#feed = feed;
		const describe = (): void => {
			const open = this.#of("open").length;
			// No badge: that of the activity bar counts what waits for the user, and nothing else.
			view.description = open === 0 ? "" : formatCount(open, "open proposal");
		};
		describe();
		this._register(
			feed.onDidChange(() => {
				describe();
				this.#onDidChange.fire();
			}),
		);
	}

	/** Shows all open proposals, or the few again. */
	toggle(): void {
		this.#showsAll = !this.#showsAll;
		this.#onDidChange.fire();
	}

	getChildren(row?: ProposalRow): ProposalRow[] {
		if (row === undefined) return this.#groups();
		if (row.type === "kind") {
			const group = byKind(this.#open()).find(({ kind }) => kind === row.kind);
			return (group?.proposals ?? []).map(rowOf);
		}
		return row.type === "status" ? this.#of(row.status).map(rowOf) : [];
	}

	getParent(row: ProposalRow): ProposalRow | undefined {
		if (row.type !== "proposal") return undefined;
		const { status, kind } = row.proposal;
		return status === "open" ? { type: "kind", kind } : { type: "status", status };
	}

	getTreeItem(row: ProposalRow): vscode.TreeItem {
		switch (row.type) {
			case "kind":
				return proposalKindItem(row.kind, this.getChildren(row).length);
			case "status":
				return proposalStatusItem(row.status, this.#of(row.status).length);
			case "rest":
				return restItem(row.isShown, row.count);
			case "proposal":
				return proposalItem(row.proposal);
		}
	}

	#groups(): ProposalRow[] {
		const count = this.#of("open").length;
		const hasRest = count > SHOWN_UNASKED;
		return [
			...byKind(this.#open()).map(({ kind }) => ({ type: "kind", kind }) as const),
			...(hasRest ? [{ type: "rest", isShown: this.#showsAll, count } as const] : []),
			...DECIDED.filter((status) => this.#of(status).length > 0).map(
				(status) => ({ type: "status", status }) as const,
			),
		];
	}

	/** Those that are shown. */
	#open(): readonly Proposal[] {
		return this.#showsAll ? this.#of("open") : shortList(this.#feed.proposals);
	}

	#of(status: ProposalStatus): Proposal[] {
		return this.#feed.proposals.filter((proposal) => proposal.status === status);
	}
}

function rowOf(proposal: Proposal): ProposalRow {
	return { type: "proposal", proposal };
}
