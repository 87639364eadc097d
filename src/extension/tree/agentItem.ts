import * as vscode from "vscode";
import { formatCost, formatCount, formatDuration, formatTokens } from "../../model/views/format.ts";
import type { NodeView, Outcome } from "../../model/views/view.ts";
import { commands } from "../ids.ts";

const OUTCOME_COLORS: Readonly<Record<Outcome, string>> = {
	functional: "charts.green",
	partial: "charts.yellow",
	scaffolding: "charts.purple",
	fail: "charts.red",
};

/** How one node looks as a row. */
export function agentItem(node: NodeView, hasChildren: boolean, now: number): vscode.TreeItem {
	const { None, Expanded } = vscode.TreeItemCollapsibleState;
	const item = new vscode.TreeItem(labelOf(node), hasChildren ? Expanded : None);
	const age = formatDuration((node.endedAt ?? now) - node.startedAt);
	item.id = node.key;
	item.iconPath = iconOf(node);
	item.description = [age, node.description].filter((part) => part !== "").join(" · ");
	item.tooltip = tooltipOf(node, age);
	item.contextValue = node.kind;
	item.accessibilityInformation = { label: `${labelOf(node)}, ${stateOf(node)}, ${age}` };
	item.command = {
		command: commands.revealAgent,
		title: "Show in Graph",
		arguments: [{ key: node.key }],
	};
	return item;
}

function labelOf(node: NodeView): string {
	if (node.kind === "session") return node.folder || "session";
	return node.type || "agent";
}

function iconOf(node: NodeView): vscode.ThemeIcon {
	const color = (id: string) => new vscode.ThemeColor(id);
	if (node.state === "waiting")
		return new vscode.ThemeIcon("bell-dot", color("list.warningForeground"));
	if (node.state === "lost")
		return new vscode.ThemeIcon("circle-slash", color("disabledForeground"));
	if (node.state === "done") {
		const outcome = node.outcome === null ? "disabledForeground" : OUTCOME_COLORS[node.outcome];
		return new vscode.ThemeIcon(node.outcome === "fail" ? "error" : "pass", color(outcome));
	}
	if (node.kind === "session") return new vscode.ThemeIcon("circle-filled", color("charts.yellow"));
	if (node.state === "starting") return new vscode.ThemeIcon("circle-outline");
	return new vscode.ThemeIcon("sync~spin", color(modelColor(node.model)));
}

function modelColor(model: string): string {
	if (/sonnet/i.test(model)) return "charts.green";
	if (/opus/i.test(model)) return "charts.red";
	if (/haiku/i.test(model)) return "charts.blue";
	return "foreground";
}

function stateOf(node: NodeView): string {
	if (node.waiting !== null) return `waiting for permission to use ${node.waiting.tool}`;
	return node.outcome === null ? node.state : `${node.state}, ${node.outcome}`;
}

/** Plain text: what agents and tools call themselves must never be read as markup. */
function tooltipOf(node: NodeView, age: string): string {
	const calls = formatCount(node.calls, "call");
	const failures = node.failures === 0 ? "" : `, ${node.failures} failed`;
	return [
		[labelOf(node), node.description].filter((part) => part !== "").join(": "),
		`${stateOf(node)} · ${age}`,
		`${calls}${failures}`,
		usageOf(node),
		node.model,
		node.kind === "session" ? node.cwd : "",
		node.id,
	]
		.filter((line) => line !== "")
		.join("\n");
}

/** Tokens and cost of its own messages; empty while neither is known. */
function usageOf({ tokens, costUsd, isCostPartial }: NodeView): string {
	const cost = costUsd === null ? "" : formatCost(costUsd, isCostPartial);
	return [tokens === null ? "" : `${formatTokens(tokens)} tokens`, cost]
		.filter((part) => part !== "")
		.join(" · ");
}
