import assert from "node:assert/strict";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { homedir, tmpdir } from "node:os";
import * as path from "node:path";
import * as vscode from "vscode";
import type { Api } from "../../src/extension/main.ts";
import { codexIdentity } from "../../src/ingest/codex/codexIdentity.ts";
import {
	activated,
	eventually,
	setSetting,
	shownNodes,
	whenFeed,
} from "../support/vscode/extension.ts";

const SESSION = "0a0a0a0a-0000-4000-8000-000000000000";

describe("a transcript", () => {
	let folder = "";
	let api: Api;

	before(async () => {
		api = await activated();
		folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-transcripts-"));
		mkdirSync(path.join(folder, "demo"));
		writeFileSync(path.join(folder, "made.txt"), "made\n");
		const at = (second: number) => ({ timestamp: `2026-11-20T10:00:0${second}Z` });
		const input = { file_path: path.join(folder, "made.txt") };
		const calls = [
			{ type: "tool_use", id: "toolu_1", name: "Bash", input: { command: "make" } },
			{ type: "tool_use", id: "toolu_2", name: "Read", input },
		];
		const output = Array.from({ length: 60 }, (_, line) => `output ${line}`).join("\n");
		const result = { type: "tool_result", tool_use_id: "toolu_1", content: output, is_error: true };
		const lines = [
			{ type: "user", ...at(1), sessionId: SESSION, message: { content: "make it" } },
			{ type: "assistant", ...at(2), sessionId: SESSION, message: { content: calls } },
			{ type: "user", ...at(3), sessionId: SESSION, message: { content: [result] } },
		];
		const text = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
		writeFileSync(path.join(folder, "demo", `${SESSION}.jsonl`), text);
		await setSetting("transcripts.folders", [folder]);
	});

	after(async () => {
		await setSetting("transcripts.folders", undefined);
		rmSync(folder, { recursive: true, force: true });
	});

	afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

	const open = (call: string) =>
		vscode.commands.executeCommand("agentLiveGraph.openTranscript", {
			session: SESSION,
			agent: "",
			call,
			name: "main",
		});

	it("opens as a read-only document at the call that was asked for", async () => {
		await open("toolu_2");
		const editor = vscode.window.activeTextEditor;
		assert.equal(editor?.document.uri.scheme, "agent-live-graph-transcript");
		assert.match(editor.document.lineAt(editor.selection.active.line).text, /Call Read$/);
		assert.match(editor.document.getText(), /Failure of Bash, after 1\.0 s\n {4}output 0\n/);
	});

	it("has an outline of what was asked and called, and folds what is long", async () => {
		await open("toolu_1");
		const { uri } = vscode.window.activeTextEditor?.document ?? assert.fail("no editor");
		const symbols = await vscode.commands.executeCommand<vscode.DocumentSymbol[]>(
			"vscode.executeDocumentSymbolProvider",
			uri,
		);
		const names = symbols.map(({ name }) => name.replace(/^\S+ +/, ""));
		assert.deepEqual(names, ["Prompt", "Call Bash", "Call Read"]);
		await eventually(() => {
			const { visibleRanges = [] } = vscode.window.activeTextEditor ?? {};
			// The heading of what came back is the last line that can be seen.
			return visibleRanges.at(-1)?.end.line === 11;
		});
	});

	it("leads to the file that a call touched", async () => {
		await vscode.commands.executeCommand("agentLiveGraph.revealCallFile", {
			session: SESSION,
			agent: "",
			call: "toolu_2",
		});
		const shown = vscode.window.activeTextEditor?.document.uri.fsPath;
		assert.equal(shown, path.join(folder, "made.txt"));
	});

	it("is listed as a session by what it was asked, which opens in a graph of its own", async () => {
		const rows: unknown[] = [];
		await eventually(async () => {
			api.sessions.refresh();
			rows.splice(0, rows.length, ...(await leaves()));
			return rows.some((row) => (row as { id: string }).id === SESSION);
		});
		const session = rows.find((row) => (row as { id: string }).id === SESSION);
		const item = await api.sessions.getTreeItem(session as never);
		assert.equal(item.label, "make it");
		assert.match(String(item.description), /1 failed/);
		await vscode.commands.executeCommand("agentLiveGraph.openSession", session);
		const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs);
		await eventually(() => labels().some(({ label }) => label === "make it"));
		assert.equal(api.panels.current, null);
	});

	async function leaves(row?: never): Promise<unknown[]> {
		const rows = await api.sessions.getChildren(row);
		if (rows.length === 0) return row === undefined ? [] : [row];
		const below = await Promise.all(rows.map((each) => leaves(each as never)));
		return below.flat();
	}

	it("of nobody opens nothing", async () => {
		for (const session of ["0b0b0b0b-0000-4000-8000-000000000000", "../../etc/passwd"]) {
			await vscode.commands.executeCommand("agentLiveGraph.openTranscript", { session });
			assert.equal(vscode.window.activeTextEditor, undefined);
		}
	});
});

describe("transcripts of another client", () => {
	const THREAD = "01a219c8-5538-7b32-8ec4-a9dcb6e966e9";
	const [folder = ""] = codexIdentity.folders(process.env, homedir());
	let api: Api;

	before(async () => {
		api = await activated();
		assert.ok(!existsSync(folder), "somebody's own are there");
		const day = path.join(folder, "2026", "11", "26");
		mkdirSync(day, { recursive: true });
		const timestamp = new Date().toISOString();
		const lines = [
			{ timestamp, type: "session_meta", payload: { id: THREAD, cwd: "/home/dev/app" } },
			{ timestamp, type: "event_msg", payload: { type: "task_started", turn_id: "t1" } },
		];
		const file = path.join(day, `rollout-2026-11-26T21-34-49-${THREAD}.jsonl`);
		writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
	});

	after(async () => {
		await setSetting("transcripts.clients", undefined);
		rmSync(path.dirname(folder), { recursive: true, force: true });
	});

	it("are read, and no more once its client is turned off, and again", async () => {
		await whenFeed(api, () => shownNodes(api).get(THREAD)?.client === "codex");
		await setSetting("transcripts.clients", { codex: false });
		await whenFeed(api, () => !shownNodes(api).has(THREAD));
		await setSetting("transcripts.clients", { codex: true });
		await whenFeed(api, () => shownNodes(api).has(THREAD));
	});
});
