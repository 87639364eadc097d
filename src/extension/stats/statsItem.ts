import * as vscode from "vscode";
import { formatCount } from "../../model/views/format.ts";
import type { FunctionStats } from "../../telemetry/figures.ts";
import { type FunctionKind, functionLabel, kindOf } from "../../telemetry/tables/functionId.ts";
import { commands } from "../ids.ts";
import type { DetailRow, DetailSection } from "./detailSections.ts";
import { placeOf } from "./functionFile.ts";
import type { SortKey } from "./statsSort.ts";
import { functionDescription, isFailing, KIND_TEXTS } from "./statsText.ts";

const KIND_ICONS: Readonly<Record<FunctionKind, string>> = {
	registry: "symbol-function",
	mcp: "plug",
	skill: "mortar-board",
	agent: "hubot",
	bash: "terminal",
	tool: "tools",
};

const SECTION_ICONS: Readonly<Record<DetailSection["name"], string>> = {
	errors: "error",
	calls: "history",
	writes: "edit",
	tests: "beaker",
	versions: "versions",
};

/** Asked for when it is needed: nothing of the editor is touched by loading the bundle. */
const collapsible = () => vscode.TreeItemCollapsibleState;

/** No sum of calls: it would change, and be fetched with all its rows, at every call. */
export function groupItem(kind: FunctionKind, count: number): vscode.TreeItem {
	const item = new vscode.TreeItem(KIND_TEXTS[kind].label, collapsible().Expanded);
	item.id = `group ${kind}`;
	item.description = count.toLocaleString("en-US");
	item.tooltip = `${KIND_TEXTS[kind].meaning}: ${formatCount(count, "function")}`;
	item.iconPath = new vscode.ThemeIcon(KIND_ICONS[kind]);
	item.contextValue = "group";
	return item;
}

/** Without its tooltip: that is made when someone looks, not for thousands of rows at once. */
export function functionItem(stats: FunctionStats, sort: SortKey): vscode.TreeItem {
	const label = functionLabel(stats.function_id);
	const item = new vscode.TreeItem(label, collapsible().Collapsed);
	const isBad = isFailing(stats);
	item.id = `function ${stats.function_id}`;
	item.description = functionDescription(stats, sort);
	item.iconPath = isBad
		? new vscode.ThemeIcon("warning", new vscode.ThemeColor("list.warningForeground"))
		: new vscode.ThemeIcon(KIND_ICONS[kindOf(stats.function_id)]);
	item.contextValue = placeOf(stats.function_id) === null ? "function" : "functionWithFile";
	// A screen reader gets in words what the icon says.
	item.accessibilityInformation = {
		label: `${label}, ${item.description}${isBad ? ", fails often" : ""}`,
	};
	return item;
}

/** Errors are open at once: they are what one looks for below a failing function. */
export function sectionItem(
	functionId: string,
	{ name, label, rows }: DetailSection,
): vscode.TreeItem {
	const item = new vscode.TreeItem(
		label,
		name === "errors" ? collapsible().Expanded : collapsible().Collapsed,
	);
	item.id = `${name} ${functionId}`;
	item.description = rows.length.toLocaleString("en-US");
	item.iconPath = new vscode.ThemeIcon(SECTION_ICONS[name]);
	return item;
}

/** Each state has an icon of its own, so that colour is not all that tells them apart. */
export function detailItem({ label, description, state, call }: DetailRow): vscode.TreeItem {
	const item = new vscode.TreeItem(label, collapsible().None);
	if (call !== undefined) item.contextValue = "call";
	item.description = description;
	item.tooltip = [label, description].filter((part) => part !== "").join("\n");
	const icons = { passed: "pass", failed: "error", open: "loading~spin", plain: "file" };
	const color = { passed: "charts.green", failed: "charts.red", open: "", plain: "" }[state];
	item.iconPath = new vscode.ThemeIcon(
		icons[state],
		color === "" ? undefined : new vscode.ThemeColor(color),
	);
	item.accessibilityInformation = { label: `${label}, ${description || state}` };
	return item;
}

/** @param row what the command is handed */
export function moreItem(row: object, hidden: number): vscode.TreeItem {
	const item = new vscode.TreeItem(
		`Show more of the other ${hidden.toLocaleString("en-US")}`,
		collapsible().None,
	);
	item.iconPath = new vscode.ThemeIcon("ellipsis");
	item.command = { command: commands.showMoreStats, title: "Show More", arguments: [row] };
	return item;
}
