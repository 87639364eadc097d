import assert from "node:assert/strict";
import * as vscode from "vscode";
import { PANEL_VIEW_TYPE } from "../../src/extension/ids.ts";
import type { Api } from "../../src/extension/main.ts";
import { activated, eventually } from "../support/vscode/extension.ts";

describe("the panel", () => {
	let api: Api;

	before(async () => {
		api = await activated();
	});

	afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

	it("loads its page, which says that it is ready", async () => {
		await vscode.commands.executeCommand("agentLiveGraph.openPanel");
		await eventually(() => api.panels.current?.isReady === true);
	});

	it("is forgotten when it is closed, and can be opened again", async () => {
		await vscode.commands.executeCommand("agentLiveGraph.openPanel");
		const first = api.panels.current;
		await vscode.commands.executeCommand("workbench.action.closeAllEditors");
		await eventually(() => api.panels.current === null);
		await vscode.commands.executeCommand("agentLiveGraph.openPanel");
		assert.notEqual(api.panels.current, first);
		await eventually(() => api.panels.current?.isReady === true);
	});

	it("gets nothing while it is hidden, and reports again when it is shown", async () => {
		await vscode.commands.executeCommand("agentLiveGraph.openPanel");
		await eventually(() => api.panels.current?.isReady === true);
		const document = await vscode.workspace.openTextDocument({ content: "in front of it" });
		await vscode.window.showTextDocument(document);
		await eventually(() => api.panels.current?.isReady === false);
		await vscode.commands.executeCommand("agentLiveGraph.openPanel");
		await eventually(() => api.panels.current?.isReady === true);
		await vscode.commands.executeCommand("workbench.action.revertAndCloseActiveEditor");
	});

	it("is taken over from a window that was reloaded, by the type it was made with", async () => {
		const restored = vscode.window.createWebviewPanel(
			PANEL_VIEW_TYPE,
			"Agent Live Graph",
			vscode.ViewColumn.Active,
			{ enableScripts: true },
		);
		await api.panels.deserializeWebviewPanel(restored);
		await eventually(() => api.panels.current?.isReady === true);
		assert.match(restored.webview.html, /default-src 'none'/);
		assert.match(restored.webview.html, /script-src 'nonce-[\w+/=-]+'/);
	});
});
