import assert from "node:assert/strict";
import * as vscode from "vscode";
import { activated, extension } from "../support/vscode/extension.ts";

describe("activation", () => {
	it("happens by itself once a window has started", async () => {
		const activationEvents = extension().packageJSON.activationEvents as string[];
		assert.ok(activationEvents.includes("onStartupFinished"));
		assert.ok(!activationEvents.includes("*"));
		await activated();
		assert.ok(extension().isActive);
	});

	it("follows the log of Claude Code's configuration folder by default", async () => {
		const { feed } = await activated();
		const folder = process.env.CLAUDE_CONFIG_DIR ?? "";
		assert.equal(
			feed.source.eventsFile,
			vscode.Uri.file(`${folder}/memory/agent-events.jsonl`).fsPath,
		);
	});

	it("opens no panel unless asked to", async () => {
		const { panels } = await activated();
		assert.equal(panels.current, null);
	});

	it("measures how long it held the extension host", async () => {
		const { activationMs } = await activated();
		assert.ok(activationMs > 0 && Number.isFinite(activationMs));
	});
});
