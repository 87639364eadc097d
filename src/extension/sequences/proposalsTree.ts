import * as vscode from "vscode";
import { formatCount } from "../../model/views/format.ts";
import type { Proposal } from "../../sequences/learned.ts";
import {
	PROPOSAL_STATES,
	type ProposalKind,
	type ProposalStatus,
} from "../../sequences/proposals.ts";
import { proposalReason, proposalTitle } from "../../sequences/texts/proposalText.ts";
import { Disposable } from "../disposable.ts";
import { commands, views } from "../ids.ts";
import type { LearnedFeed } from "./learnedFeed.ts";
import { proposalLabel, STATUS_LABELS } from "./learnedText.ts";

/** Row of the tree: what was decided, and the proposals of which it was. */
export type ProposalRow =
	| { readonly type: "status"; readonly status: ProposalStatus }
	| { readonly type: "proposal"; readonly proposal: Proposal };

const KIND_ICONS: Readonly<Record<ProposalKind, string>> = {
	new_pipeline: "list-ordered",
	extract_function: "symbol-function",
	fix_function: "wrench",
	re_extract_skill: "mortar-board",
	archive_skill: "archive",
	validated_skill: "verified",
};

/** The view "Proposals": what the calls give reason for, and what the user has decided on. */
export class ProposalsTree extends Disposable implements vscode.TreeDataProvider<ProposalRow> {
	readonly #feed: LearnedFeed;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChangeTreeData = this.#onDidChange.event;
	readonly #groups = PROPOSAL_STATES.map((status) => ({ type: "status", status }) as const);

	constructor(feed: LearnedFeed) {
		super();
		this.#feed = feed;
		const view = this._register(
			vscode.window.createTreeView(views.proposals, {
				treeDataProvider: this,
				showCollapseAll: true,
			}),
		);
		this._register(
			feed.onDidChange(() => {
				const open = this.#of("open").length;
				view.badge =
					open === 0 ? undefined : { value: open, tooltip: formatCount(open, "open proposal") };
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
			? statusItem(row.status, this.#of(row.status).length)
			: proposalItem(row.proposal);
	}

	#of(status: ProposalStatus): Proposal[] {
		return this.#feed.proposals.filter((proposal) => proposal.status === status);
	}
}

function statusItem(status: ProposalStatus, count: number): vscode.TreeItem {
	const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
	const state = status === "dismissed" ? Collapsed : Expanded;
	const item = new vscode.TreeItem(STATUS_LABELS[status], state);
	item.id = `status ${status}`;
	item.description = count.toLocaleString("en-US");
	item.contextValue = "proposalStatus";
	return item;
}

function proposalItem(proposal: Proposal): vscode.TreeItem {
	const label = proposalLabel(proposal);
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
	// An item of another group is another item: VS Code refuses the same id twice.
	item.id = `proposal ${proposal.status} ${proposal.hash}`;
	item.description = proposalReason(proposal);
	item.tooltip = `${proposalTitle(proposal)}\n${item.description}`;
	item.iconPath = new vscode.ThemeIcon(KIND_ICONS[proposal.kind]);
	item.contextValue = `proposal${STATUS_LABELS[proposal.status]}`;
	const row: ProposalRow = { type: "proposal", proposal };
	item.command = { command: commands.openProposal, title: "Open", arguments: [row] };
	item.accessibilityInformation = { label: `${label}, ${item.description}` };
	return item;
}
