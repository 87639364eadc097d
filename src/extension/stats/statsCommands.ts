import * as vscode from "vscode";
import type { FunctionKind } from "../../telemetry/tables/functionId.ts";
import type { CommandName } from "../ids.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import type { FunctionStatsTree, StatsRow } from "./functionStatsTree.ts";
import { openFunction } from "./openFunction.ts";
import type { StatsFeed } from "./statsFeed.ts";
import { functionMarkdown, groupMarkdown } from "./statsMarkdown.ts";
import { SORT_STATE, type SortKey } from "./statsSort.ts";

export interface StatsTargets {
	readonly stats: StatsFeed;
	readonly statsTree: FunctionStatsTree;
	readonly telemetry: TelemetryHost;
	readonly memory: vscode.Memento;
}

/** Both of a pair do the same; the second is shown with a check mark. */
const SORT_COMMANDS = {
	sortStatsByCalls: "calls",
	sortStatsByErrors: "errors",
	sortStatsByErrorRate: "errorRate",
	sortStatsByP95: "p95",
	sortStatsByLastUsed: "lastUsed",
	keepStatsByCalls: "calls",
	keepStatsByErrors: "errors",
	keepStatsByErrorRate: "errorRate",
	keepStatsByP95: "p95",
	keepStatsByLastUsed: "lastUsed",
} as const satisfies Partial<Record<CommandName, SortKey>>;

const OTHER_COMMANDS = [
	"filterStats",
	"clearStatsFilter",
	"toggleUnusedStats",
	"refreshStats",
	"showMoreStats",
	"copyStats",
	"openFunction",
] as const;

type StatsCommand = keyof typeof SORT_COMMANDS | (typeof OTHER_COMMANDS)[number];

/**
 * The commands of the view "Function Stats". Filter takes a text as well, for keybindings and tests;
 * the others take the row that they were chosen on.
 */
export function statsHandlers(
	targets: StatsTargets,
): Record<StatsCommand, (argument: unknown) => unknown> {
	const { stats, statsTree } = targets;
	const sorts = Object.entries(SORT_COMMANDS).map(([name, sort]) => [
		name,
		() => sortBy(targets, sort),
	]);
	return {
		...(Object.fromEntries(sorts) as Record<keyof typeof SORT_COMMANDS, () => unknown>),
		filterStats: (text) => (typeof text === "string" ? stats.setFilter(text) : askFilter(stats)),
		clearStatsFilter: () => stats.setFilter(""),
		toggleUnusedStats: () => stats.toggleUnused(),
		refreshStats: () => stats.refresh(),
		showMoreStats: (row) => statsTree.showMore(row),
		copyStats: (row) => copyStats(targets, row as StatsRow | undefined),
		openFunction: (row) => openRow(row as StatsRow | undefined),
	};
}

async function sortBy({ stats, memory }: StatsTargets, sort: SortKey): Promise<void> {
	stats.setSort(sort);
	await memory.update(SORT_STATE, sort);
}

/** Filters while one types; Enter keeps the filter, Escape gives the former one back. */
function askFilter(stats: StatsFeed): void {
	const before = stats.filter;
	let isKept = false;
	const box = vscode.window.createInputBox();
	box.title = "Filter Functions";
	box.placeholder = "Words of a function's name, such as: git commit";
	box.value = before;
	box.onDidChangeValue((text) => stats.setFilter(text));
	box.onDidAccept(() => {
		isKept = true;
		box.hide();
	});
	box.onDidHide(() => {
		if (!isKept) stats.setFilter(before);
		box.dispose();
	});
	box.show();
}

/** One function, one group, or without a row every group, as far as the filter lets through. */
async function copyStats(targets: StatsTargets, row: StatsRow | undefined): Promise<void> {
	const text = row?.type === "function" ? await oneFunction(targets, row.id) : groups(targets, row);
	await vscode.env.clipboard.writeText(text);
	vscode.window.setStatusBarMessage("Copied as Markdown", 2000);
}

async function oneFunction({ stats, telemetry }: StatsTargets, id: string): Promise<string> {
	const row = stats.model.get(id);
	if (row === undefined) return "";
	const detail = await telemetry.current?.functionDetail(id);
	return functionMarkdown(row, detail ?? null);
}

function groups({ stats: { model } }: StatsTargets, row: StatsRow | undefined): string {
	// Whole groups, not only the page of them that the tree lists.
	const kinds: readonly FunctionKind[] = row?.type === "group" ? [row.kind] : model.groups;
	if (kinds.length === 0) return "No calls recorded yet.\n";
	return kinds.map((kind) => groupMarkdown(kind, model.matching(kind))).join("\n");
}

async function openRow(row: StatsRow | undefined): Promise<void> {
	if (row?.type === "function") await openFunction(row.id);
}
