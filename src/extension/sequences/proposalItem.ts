import * as vscode from "vscode";
import type { Proposal } from "../../sequences/learned.ts";
import type { ProposalKind, ProposalStatus } from "../../sequences/proposals.ts";
import { proposalReason, proposalTitle } from "../../sequences/texts/proposalText.ts";
import { commands } from "../ids.ts";
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

/** A group of the view "Proposals". */
export function proposalStatusItem(status: ProposalStatus, count: number): vscode.TreeItem {
	const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
	const state = status === "dismissed" ? Collapsed : Expanded;
	const item = new vscode.TreeItem(STATUS_LABELS[status], state);
	item.id = `status ${status}`;
	item.description = count.toLocaleString("en-US");
	item.contextValue = "proposalStatus";
	return item;
}

/** A row of the view "Proposals". */
export function proposalItem(proposal: Proposal): vscode.TreeItem {
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
