import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as vscode from "vscode";
import { findProgram } from "../../scripts/setup/which.ts";
import type { Api } from "../../src/extension/main.ts";
import type { StatsRow } from "../../src/extension/stats/functionStatsTree.ts";
import type { EventLog } from "../support/log/eventLog.ts";
import { activated, eventually, setSetting, whenRecorded } from "../support/vscode/extension.ts";
import type { LogFile } from "../support/vscode/logFile.ts";
import { leaveOwnLog, recordOwnLog, startOver } from "../support/vscode/ownLog.ts";

const run = (command: string, argument?: unknown) =>
	vscode.commands.executeCommand(`agentLiveGraph.${command}`, argument);

describe("Function Stats", () => {
	let api: Api;
	let log: LogFile;

	before(async () => {
		api = await activated();
		log = await recordOwnLog(api);
	});
	beforeEach(() => startOver(api, log));

	afterEach(async () => {
		await run("clearStatsFilter");
		await run("sortStatsByCalls");
	});
	after(() => leaveOwnLog(log));

	/** Four functions: Alpha often, Beta with failures, git and one of an MCP server. */
	async function record(): Promise<void> {
		log.append((events) => {
			events.add("session_start");
			calls(events, "Alpha", 5, 0);
			calls(events, "Beta", 4, 3);
			calls(events, "mcp__db__query", 2, 1);
			events.add("tool_use", { id: "git-1", tool: "Bash", program: "git" });
			events.result("git-1", undefined, true, "Bash");
		});
		await whenRecorded(api, () => api.stats.model.totals.calls === 12);
	}

	it("lists the functions of the log, grouped by kind, with calls and error rate", async () => {
		await record();
		const groups = await api.statsTree.getChildren();
		assert.deepEqual(labels(groups), ["MCP", "Bash", "Tools"]);
		const tools = await api.statsTree.getChildren(groups[2]);
		assert.deepEqual(labels(tools), ["Alpha", "Beta"]);
		assert.equal(item(tools[1]).description, "4 calls · 75 % errors");
		assert.deepEqual(
			tools.map((row) => api.statsTree.getParent(row)),
			[groups[2], groups[2]],
		);
	});

	it("tells everything in the tooltip when someone looks, and calls and errors below", async () => {
		await record();
		const [, beta] = await rowsOf("Tools");
		assert.ok(beta);
		const { tooltip } = await api.statsTree.resolveTreeItem(item(beta), beta);
		assert.match(String(tooltip), /^tool:Beta\ncalls: 4\n/);
		assert.match(String(tooltip), /errors: 3, last .* \(75 %\)/);
		const sections = await api.statsTree.getChildren(beta);
		assert.deepEqual(labels(sections), ["Errors by class", "Recent calls"]);
		assert.equal((await api.statsTree.getChildren(sections[1])).length, 4);
	});

	it("fires only the rows whose figures changed", async () => {
		await record();
		const [alpha] = await rowsOf("Tools");
		const fired: unknown[] = [];
		const listener = api.statsTree.onDidChangeTreeData((rows) => rows && fired.push(...rows));
		log.append((events) => calls(events, "Alpha", 1, 0, "late"));
		await whenRecorded(api, () => api.stats.model.totals.calls === 13);
		listener.dispose();
		assert.ok(fired.length > 0);
		assert.ok(fired.every((row) => row === alpha));
	});

	it("sorts as the menu says, and remembers it", async () => {
		await record();
		await run("sortStatsByErrors");
		assert.deepEqual(labels(await rowsOf("Tools")), ["Beta", "Alpha"]);
		assert.equal(api.stats.model.sort, "errors");
		await run("keepStatsByErrors");
		assert.deepEqual(labels(await rowsOf("Tools")), ["Beta", "Alpha"]);
	});

	it("filters by words, and lists everything again", async () => {
		await record();
		await run("filterStats", "BET tool");
		assert.deepEqual(labels(await api.statsTree.getChildren()), ["Tools"]);
		assert.deepEqual(labels(await rowsOf("Tools")), ["Beta"]);
		await run("filterStats", "nothing has this name");
		assert.equal(api.stats.state, "noMatch");
		await run("clearStatsFilter");
		assert.equal((await api.statsTree.getChildren()).length, 3);
	});

	it("copies a function, a group and everything as Markdown", async () => {
		await record();
		const groups = await api.statsTree.getChildren();
		const [, beta] = await rowsOf("Tools");
		const copied = async (row?: StatsRow) => {
			await run("copyStats", row);
			return vscode.env.clipboard.readText();
		};
		assert.match(await copied(beta), /^## `tool:Beta`[\s\S]*### Recent calls/);
		assert.match(await copied(groups[0]), /^## MCP[\s\S]*\| `mcp:db\/query` \| 2 \| 1 \| 50 % \|/);
		assert.match(await copied(), /## MCP[\s\S]*## Bash[\s\S]*`bash:git`[\s\S]*## Tools/);
	});

	it("exports CSV and JSON", async () => {
		await record();
		const folder = mkdtempSync(join(tmpdir(), "agent-live-graph-export-"));
		for (const name of ["stats.csv", "stats.json"]) {
			await run("exportStatistics", vscode.Uri.file(join(folder, name)));
		}
		const csv = readFileSync(join(folder, "stats.csv"), "utf8").split("\r\n");
		assert.equal(csv.length, 6);
		assert.match(csv[1] ?? "", /^tool:Alpha,5,5,/);
		const json = JSON.parse(readFileSync(join(folder, "stats.json"), "utf8"));
		assert.equal(json[0].function_id, "tool:Alpha");
		assert.equal(json.length, 4);
		rmSync(folder, { recursive: true });
	});

	it("comes back from the logs when it was cleared and is rebuilt", async () => {
		await record();
		await api.telemetry.required.clear();
		await whenRecorded(api, () => api.stats.state === "empty");
		assert.deepEqual(await api.statsTree.getChildren(), []);
		assert.match(await api.status(), /^no calls recorded yet$/m);
		await run("rebuildTelemetry");
		await whenRecorded(api, () => api.stats.model.totals.calls === 12);
		assert.equal((await api.statsTree.getChildren()).length, 3);
	});

	it("is in the status, in words and figures", async () => {
		await record();
		const report = await api.status();
		assert.match(report, /\| database \| `.*telemetry\.db` \|/);
		assert.match(report, /\| role \| this window writes the database \|/);
		assert.match(report, /\| `tool:Alpha` \| 5 \| 0 % \| 10 ms \|/);
		assert.match(report, /\| `calls` \| 12 \|/);
		assert.match(report, /\| lag \| 0 bytes \|/);
		await eventually(() =>
			api.statusBar.tooltip.includes("12 calls of 4 functions recorded, 33 %"),
		);
	});

	it("is a file that any SQLite program opens", async function () {
		if (!findProgram("sqlite3")) this.skip();
		await record();
		await api.telemetry.required.catchUp();
		await run("copyDatabasePath");
		const file = await vscode.env.clipboard.readText();
		assert.ok(existsSync(file), file);
		const sqlite = (query: string) =>
			execFileSync("sqlite3", ["-readonly", file, query], { encoding: "utf8" }).trim();
		assert.equal(sqlite("SELECT COUNT(*) FROM function_stats"), "4");
		assert.equal(sqlite("PRAGMA integrity_check"), "ok");
		assert.match(sqlite(".schema calls"), /CREATE TABLE calls \(/);
	});

	it("is nothing while telemetry is turned off, and comes back", async () => {
		await record();
		await setSetting("telemetry.enabled", false);
		await whenRecorded(api, () => api.stats.state === "off" && api.stats.model.totals.calls === 0);
		assert.deepEqual(await api.statsTree.getChildren(), []);
		assert.match(await api.status(), /The telemetry is turned off\./);
		await setSetting("telemetry.enabled", undefined);
		await whenRecorded(api, () => api.stats.model.totals.calls === 12);
	});

	it("opens the file of a function that the workspace has, and no other", async () => {
		const [folder] = vscode.workspace.workspaceFolders ?? [];
		assert.ok(folder);
		const file = vscode.Uri.joinPath(folder.uri, "src", "sums.ts");
		await vscode.workspace.fs.writeFile(file, Buffer.from("// sums\nfunction add() {}\n"));
		await run("openFunction", { type: "function", id: "src/sums.ts#add" });
		const editor = vscode.window.activeTextEditor;
		assert.equal(editor?.document.uri.toString(), file.toString());
		assert.equal(editor.selection.active.line, 1);
		await vscode.commands.executeCommand("workbench.action.closeAllEditors");
		await run("openFunction", { type: "function", id: "../../etc/passwd#root" });
		assert.equal(vscode.window.activeTextEditor, undefined);
	});

	async function rowsOf(label: string): Promise<StatsRow[]> {
		const groups = await api.statsTree.getChildren();
		return api.statsTree.getChildren(groups.find((row) => item(row).label === label));
	}

	function labels(rows: readonly StatsRow[]): unknown[] {
		return rows.map((row) => item(row).label);
	}

	function item(row: StatsRow | undefined): vscode.TreeItem {
		assert.ok(row);
		return api.statsTree.getTreeItem(row);
	}
});

function calls(log: EventLog, tool: string, count: number, failed: number, prefix = ""): void {
	for (let i = 0; i < count; i++) {
		const id = `${prefix}${tool}-${i}`;
		log.use(id, undefined, tool).result(id, undefined, i >= failed, tool);
	}
}
