import * as vscode from "vscode";
import { formatCount, formatDateTime, formatDuration } from "../../model/views/format.ts";
import { Disposable } from "../disposable.ts";
import { commands } from "../ids.ts";
import type { AppFile, AppsFeed, ListedCheck } from "./appsFeed.ts";

/** Row of the tree. */
export type CheckRow =
	| { readonly type: "app"; readonly file: AppFile }
	| { readonly type: "check"; readonly listed: ListedCheck };

/** The view "E2E Checks": apps, their checks, and how each ended last. */
export class ChecksTree extends Disposable implements vscode.TreeDataProvider<CheckRow> {
	readonly #feed: AppsFeed;
	readonly #onDidChange = this._register(new vscode.EventEmitter<undefined>());
	readonly onDidChangeTreeData = this.#onDidChange.event;

	constructor(feed: AppsFeed) {
		super();
		this.#feed = feed;
		this._register(feed.onDidChange(() => this.#onDidChange.fire(undefined)));
	}

	async getChildren(row?: CheckRow): Promise<CheckRow[]> {
		if (row === undefined) {
			await this.#feed.load();
			return this.#feed.files.map((file) => ({ type: "app", file }));
		}
		if (row.type === "check") return [];
		return this.#feed.checks
			.filter(({ file }) => file === row.file)
			.map((listed) => ({ type: "check", listed }));
	}

	getTreeItem(row: CheckRow): vscode.TreeItem {
		const item = row.type === "app" ? appItem(row.file) : this.#checkItem(row.listed);
		if (row.type === "check" || "reason" in row.file.content) {
			item.command = { command: commands.openE2eCheck, title: "Open", arguments: [row] };
		}
		return item;
	}

	#checkItem(listed: ListedCheck): vscode.TreeItem {
		const { app, check } = listed;
		const item = new vscode.TreeItem(check.id);
		const result = this.#feed.resultOf(listed);
		item.id = JSON.stringify([app.name, check.id]);
		item.contextValue = "e2eCheck";
		const state = this.#feed.isRunning(listed) ? "runs" : stateOf(result?.passed);
		item.iconPath = icon(state);
		const { durationMs: ms = null, ts = null } = result ?? {};
		const took = ms === null ? [] : [formatDuration(ms)];
		const ran = ts === null ? took : [...took, formatDateTime(ts)];
		item.description = [STATES[state].text, ...ran].join(" · ");
		item.tooltip = [check.cmd.trim(), item.description, result?.reason ?? ""]
			.filter((line) => line !== "")
			.join("\n");
		// A screen reader gets in words what the icon says.
		item.accessibilityInformation = { label: `${check.id}, ${item.description}` };
		return item;
	}
}

const STATES = {
	runs: { text: "runs", icon: "loading~spin", color: "" },
	passed: { text: "passed", icon: "pass", color: "charts.green" },
	failed: { text: "failed", icon: "error", color: "charts.red" },
	never: { text: "not run yet", icon: "circle-outline", color: "" },
} as const;

function stateOf(passed: boolean | undefined): keyof typeof STATES {
	if (passed === undefined) return "never";
	return passed ? "passed" : "failed";
}

function icon(state: keyof typeof STATES): vscode.ThemeIcon {
	const { icon: name, color } = STATES[state];
	return new vscode.ThemeIcon(name, color === "" ? undefined : new vscode.ThemeColor(color));
}

function appItem({ uri, content }: AppFile): vscode.TreeItem {
	const { Expanded, None } = vscode.TreeItemCollapsibleState;
	const path = vscode.workspace.asRelativePath(uri);
	if ("reason" in content) {
		const item = new vscode.TreeItem(path, None);
		item.description = `line ${content.line}: ${content.reason}`;
		item.tooltip = `${path}\n${item.description}`;
		item.iconPath = new vscode.ThemeIcon(
			"warning",
			new vscode.ThemeColor("list.warningForeground"),
		);
		item.contextValue = "e2eProblem";
		return item;
	}
	const { name, checks, functionIds } = content;
	const item = new vscode.TreeItem(name, checks.length === 0 ? None : Expanded);
	item.id = `app ${uri.toString()}`;
	item.description = formatCount(checks.length, "check");
	item.tooltip = [path, "uses", ...functionIds].join("\n");
	item.iconPath = new vscode.ThemeIcon("package");
	item.contextValue = checks.length === 0 ? "e2eEmpty" : "e2eApp";
	return item;
}
