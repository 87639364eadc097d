import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../src/extension/main.ts";
import { Collector } from "../support/export/collector.ts";
import { activated, eventually, setSetting } from "../support/vscode/extension.ts";
import type { LogFile } from "../support/vscode/logFile.ts";
import { leaveOwnLog, recordOwnLog, startOver } from "../support/vscode/ownLog.ts";

describe("The export to a collector", () => {
	let api: Api;
	let log: LogFile;
	const collector = new Collector();

	before(async () => {
		api = await activated();
		log = await recordOwnLog(api);
		await startOver(api, log);
		await setSetting("export.protocol", "http/json");
	});
	after(async () => {
		await setSetting("export.endpoint", undefined);
		await setSetting("export.protocol", undefined);
		await collector.stop();
		await leaveOwnLog(log);
	});

	it("begins when the setting names one, and Show Status tells of it until it is taken back", async () => {
		const about = { v: 2, session_id: "s-export", id: "c-export", tool: "Read" };
		const line = { ...about, ts: "2026-01-01T10:00:00Z", event: "tool_result", success: true };
		log.appendText(`${JSON.stringify(line)}\n`);
		const progress = async () => (await api.telemetry.current?.exportProgress()) ?? null;
		assert.equal(await progress(), null);
		await setSetting("export.endpoint", await collector.start());
		await eventually(() => collector.spans.some(({ name }) => name === "execute_tool Read"));
		await eventually(async () => ((await progress())?.spans ?? 0) > 0);
		await vscode.commands.executeCommand("agentLiveGraph.showStatus");
		await eventually(() =>
			vscode.workspace.textDocuments.some((document) =>
				document.getText().includes("## OpenTelemetry"),
			),
		);
		await setSetting("export.endpoint", undefined);
		await eventually(async () => (await progress()) === null);
	});

	it("refuses what is no address, and goes on without", async () => {
		await setSetting("export.endpoint", "somewhere");
		await setSetting("export.endpoint", undefined);
		await eventually(async () => (await api.telemetry.current?.exportProgress()) === null);
	});
});
