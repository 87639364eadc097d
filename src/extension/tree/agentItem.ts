import * as vscode from "vscode";
import { ageText, cardLines, doingText, toolName } from "../../model/views/doing.ts";
import { formatTimeOfDay } from "../../model/views/format.ts";
import type { NodeView, Outcome } from "../../model/views/view.ts";
import { commands } from "../ids.ts";

/** Steps in which the ages of rows grow, ms. */
const STEP_MS = 5000;

const OUTCOME_COLORS: Readonly<Record<Outcome, string>> = {
	functional: "charts.green",
	partial: "charts.yellow",
	scaffolding: "charts.purple",
	fail: "charts.red",
};

/** What a row is made of, besides its node. */
export interface RowContext {
	readonly hasChildren: boolean;
	/** ms since the epoch */
	readonly now: number;
	/** As in "quiet for 6 m"; empty where it is not. */
	readonly quiet: string;
	/** Another session of the same folder is listed. */
	readonly isNamesake: boolean;
	/** Whose session it is; empty where all that are listed are one client's. */
	readonly client: string;
}

/** How one node looks as a row. Its tooltip is told when somebody asks for it. */
export function agentItem(node: NodeView, context: RowContext): vscode.TreeItem {
	const { None, Expanded } = vscode.TreeItemCollapsibleState;
	const item = new vscode.TreeItem(labelOf(node), context.hasChildren ? Expanded : None);
	const doing = rowText(node, context);
	item.id = node.key;
	item.iconPath = iconOf(node);
	item.description = [context.client, doing, node.description]
		.filter((part) => part !== "")
		.join(" · ");
	item.contextValue = node.kind;
	const spoken = [labelOf(node), context.client, stateOf(node), doing].filter(
		(part) => part !== "",
	);
	item.accessibilityInformation = { label: spoken.join(", ") };
	item.command = {
		command: commands.revealAgent,
		title: "Show in Graph",
		arguments: [{ key: node.key }],
	};
	return item;
}

/** Text that differs whenever the row looks different. */
export function rowSignature(node: NodeView, context: RowContext): string {
	const { state, outcome, model, kind, description } = node;
	const look = [
		labelOf(node),
		description,
		kind,
		state,
		outcome,
		model,
		context.hasChildren,
		context.client,
	];
	return JSON.stringify([...look, node.waiting?.tool, rowText(node, context)]);
}

/** Ages grow in steps: the editor takes a row's tooltip away whenever the row is drawn anew. */
function rowText(node: NodeView, { now, quiet, isNamesake }: RowContext): string {
	const age = (node.endedAt ?? now) - node.startedAt;
	const doing = doingText(node, now, STEP_MS);
	const text = doing || quiet || ageText(Math.max(1000, age - (age % stepOf(age))));
	return isNamesake ? `since ${formatTimeOfDay(node.startedAt)} · ${text}` : text;
}

function stepOf(age: number): number {
	return age < 60_000 ? STEP_MS : 60_000;
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
	if (node.waiting !== null) return `waiting for permission to use ${toolName(node.waiting.tool)}`;
	return node.outcome === null ? node.state : `${node.state}, ${node.outcome}`;
}

/** Plain text: what agents and tools call themselves must never be read as markup. */
export function rowTooltip(node: NodeView, { now, quiet }: RowContext): string {
	const cwd = node.kind === "session" ? node.cwd : "";
	const lines = [labelOf(node), ...cardLines(node, now, quiet), cwd, node.id];
	return lines.filter((line) => line !== "").join("\n");
}
