import * as vscode from "vscode";
import { formatCount } from "../../model/views/format.ts";
import type { Proposal } from "../../sequences/learned.ts";
import { PROPOSAL_STATES, type ProposalStatus } from "../../sequences/proposals.ts";
import { Disposable } from "../disposable.ts";
import type { LearnedFeed } from "./learnedFeed.ts";
import { type ProposalRow, proposalItem, proposalStatusItem } from "./proposalItem.ts";

/** The view "Proposals": what the calls give reason for, and what the user has decided on. */
export class ProposalsTree extends Disposable implements vscode.TreeDataProvider<ProposalRow> {
	readonly #feed: LearnedFeed;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChangeTreeData = this.#onDidChange.event;
	readonly #groups = PROPOSAL_STATES.map((status) => ({ type: "status", status }) as const);

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
		return row.type === "status"
			? proposalStatusItem(row.status, this.#of(row.status).length)
			: proposalItem(row.proposal);
	}

	#of(status: ProposalStatus): Proposal[] {
		return this.#feed.proposals.filter((proposal) => proposal.status === status);
	}
}
