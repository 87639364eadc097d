import * as vscode from "vscode";
import type { Proposal } from "../../sequences/learned.ts";
import type { ProposalKind, ProposalStatus } from "../../sequences/proposals/kinds.ts";
import { proposalDescription, proposalLabel } from "../../telemetry/insights/learnedLabels.ts";
import { commands } from "../ids.ts";
import { KIND_LABELS, proposalTooltip, STATUS_LABELS } from "./learnedText.ts";

/** Row of the tree: open proposals of a kind, those decided on, one of either, or a word about the rest. */
export type ProposalRow =
	| { readonly type: "kind"; readonly kind: ProposalKind }
	| { readonly type: "status"; readonly status: ProposalStatus }
	| { readonly type: "rest"; readonly isShown: boolean; readonly count: number }
	| { readonly type: "proposal"; readonly proposal: Proposal };

const KIND_ICONS: Readonly<Record<ProposalKind, string>> = {
	new_pipeline: "list-ordered",
	extract_function: "symbol-function",
	fix_function: "wrench",
	re_extract_skill: "mortar-board",
	archive_skill: "archive",
	validated_skill: "verified",
};

/** A group of open proposals. */
export function proposalKindItem(kind: ProposalKind, count: number): vscode.TreeItem {
	const { Expanded } = vscode.TreeItemCollapsibleState;
	const item = new vscode.TreeItem(KIND_LABELS[kind], Expanded);
	item.id = `kind ${kind}`;
	item.description = count.toLocaleString("en-US");
	item.contextValue = "proposalKind";
	return item;
}

/** The group of what was decided. */
export function proposalStatusItem(status: ProposalStatus, count: number): vscode.TreeItem {
	const { Expanded, Collapsed } = vscode.TreeItemCollapsibleState;
	const state = status === "dismissed" ? Collapsed : Expanded;
	const item = new vscode.TreeItem(STATUS_LABELS[status], state);
	item.id = `status ${status}`;
	item.description = count.toLocaleString("en-US");
	item.contextValue = "proposalStatus";
	return item;
}

/** What shows all, or the few again. */
export function restItem(isShown: boolean, count: number): vscode.TreeItem {
	const label = isShown ? "Show Fewer" : `Show All ${count.toLocaleString("en-US")}`;
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
	item.id = "rest";
	item.iconPath = new vscode.ThemeIcon(isShown ? "fold" : "unfold");
	item.command = { command: commands.toggleProposals, title: label };
	return item;
}

/** A row of the view "Proposals". */
export function proposalItem(proposal: Proposal): vscode.TreeItem {
	const label = proposalLabel(proposal);
	const item = new vscode.TreeItem(label, vscode.TreeItemCollapsibleState.None);
	// An item of another group is another item: VS Code refuses the same id twice.
	item.id = `proposal ${proposal.status} ${proposal.hash}`;
	item.description = proposalDescription(proposal);
	item.tooltip = proposalTooltip(proposal);
	item.iconPath = new vscode.ThemeIcon(KIND_ICONS[proposal.kind]);
	item.contextValue = `proposal${STATUS_LABELS[proposal.status]} ${proposal.kind}`;
	const row: ProposalRow = { type: "proposal", proposal };
	item.command = { command: commands.openProposal, title: "Open", arguments: [row] };
	item.accessibilityInformation = { label: `${label}, ${item.description}` };
	return item;
}
