import * as vscode from "vscode";
import { formatCount } from "../../model/views/format.ts";
import type { Proposal } from "../../sequences/learned.ts";
import { PROPOSAL_STATES, type ProposalStatus } from "../../sequences/proposals.ts";
import { Disposable } from "../disposable.ts";
import { views } from "../ids.ts";
import type { LearnedFeed } from "./learnedFeed.ts";

/** Row of the tree: what was decided, and the proposals of which it was. */
export type ProposalRow =
	| { readonly type: "status"; readonly status: ProposalStatus }
	| { readonly type: "proposal"; readonly proposal: Proposal };

/** What makes rows, loaded when the first is shown. */
interface ProposalRows {
	proposalItem(proposal: Proposal): vscode.TreeItem;
	proposalStatusItem(status: ProposalStatus, count: number): vscode.TreeItem;
}

/** The view "Proposals": what the calls give reason for, and what the user has decided on. */
export class ProposalsTree extends Disposable implements vscode.TreeDataProvider<ProposalRow> {
	readonly #feed: LearnedFeed;
	readonly #onDemand: () => ProposalRows;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChangeTreeData = this.#onDidChange.event;
	readonly #groups = PROPOSAL_STATES.map((status) => ({ type: "status", status }) as const);

	constructor(feed: LearnedFeed, onDemand: () => ProposalRows) {
		super();
		this.#feed = feed;
		this.#onDemand = onDemand;
		const view = this._register(
			vscode.window.createTreeView(views.proposals, {
				treeDataProvider: this,
				showCollapseAll: true,
			}),
		);
		this._register(
			feed.onDidChange(() => {
				const open = this.#of("open").length;
				// No badge: that of the activity bar counts what waits for the user, and nothing else.
				view.description = open === 0 ? "" : formatCount(open, "open proposal");
				this.#onDidChange.fire();
			}),
		);
	}

	getChildren(row?: ProposalRow): ProposalRow[] {
		if (row === undefined) {
			return this.#groups.filter(({ status }) => this.#of(status).length > 0);
		}
		if (row.type === "proposal") return [];
		return this.#of(row.status).map((proposal) => ({ type: "proposal", proposal }));
	}

	getParent(row: ProposalRow): ProposalRow | undefined {
		if (row.type === "status") return undefined;
		return this.#groups.find(({ status }) => status === row.proposal.status);
	}

	getTreeItem(row: ProposalRow): vscode.TreeItem {
		const { proposalItem, proposalStatusItem } = this.#onDemand();
		return row.type === "status"
			? proposalStatusItem(row.status, this.#of(row.status).length)
			: proposalItem(row.proposal);
	}

	#of(status: ProposalStatus): Proposal[] {
		return this.#feed.proposals.filter((proposal) => proposal.status === status);
	}
}
