import assert from "node:assert/strict";
import * as vscode from "vscode";
import type { Api } from "../../src/extension/main.ts";
import {
	activated,
	eventually,
	extension,
	setSetting,
	whenFeed,
} from "../support/vscode/extension.ts";
import { createLogFile } from "../support/vscode/logFile.ts";

interface Contributions {
	readonly commands: { command: string }[];
}

describe("commands", () => {
	const log = createLogFile();
	let api: Api;

	before(async () => {
		api = await activated();
		log.append((events) => events.add("session_start").start("a1", "Explore"));
		await setSetting("eventsFile", log.path);
		await whenFeed(
			api,
			() => api.feed.source.eventsFile === log.path && api.feed.mirror.counters.alive === 1,
		);
	});

	after(async () => {
		await setSetting("eventsFile", undefined);
		log.remove();
	});

	afterEach(() => vscode.commands.executeCommand("workbench.action.closeAllEditors"));

	it("are registered, each one of package.json", async () => {
		const { commands } = extension().packageJSON.contributes as Contributions;
		const registered = await vscode.commands.getCommands(true);
		const missing = commands.filter(({ command }) => !registered.includes(command));
		assert.deepEqual(missing, []);
		assert.ok(commands.length >= 7);
	});

	it("Open shows one panel, however often", async () => {
		await vscode.commands.executeCommand("agentLiveGraph.openPanel");
		const first = api.panels.current;
		await vscode.commands.executeCommand("agentLiveGraph.openPanel");
		assert.ok(first);
		assert.equal(api.panels.current, first);
		await eventually(() => tabLabels().includes("Agent Live Graph"));
		assert.equal(tabLabels().filter((label) => label === "Agent Live Graph").length, 1);
	});

	it("Show Status opens a preview of the report", async () => {
		await vscode.commands.executeCommand("agentLiveGraph.showStatus");
		await eventually(() => tabLabels().some((label) => label.includes("Agent Live Graph Status")));
	});

	it("Install Hooks and Uninstall Hooks ask first, and do nothing without an answer", async () => {
		for (const name of ["installHooks", "uninstallHooks"]) {
			const ended = vscode.commands.executeCommand(`agentLiveGraph.${name}`);
			const closing = setInterval(
				() => void vscode.commands.executeCommand("workbench.action.closeQuickOpen"),
				200,
			);
			await ended;
			clearInterval(closing);
		}
		assert.deepEqual(
			tabLabels().filter((label) => label.includes("settings")),
			[],
		);
	});

	it("Open Event Log shows the file", async () => {
		await vscode.commands.executeCommand("agentLiveGraph.openEventLog");
		assert.equal(vscode.window.activeTextEditor?.document.uri.fsPath, log.path);
	});

	it("Show Log runs", async () => {
		await vscode.commands.executeCommand("agentLiveGraph.showLog");
	});

	it("Copy Id puts the id of a row into the clipboard", async () => {
		const row = api.tree.getChildren(api.tree.getChildren()[0])[0];
		await vscode.commands.executeCommand("agentLiveGraph.copyAgentId", row);
		assert.equal(await vscode.env.clipboard.readText(), "a1");
	});

	it("Show in Graph opens the panel", async () => {
		const row = api.tree.getChildren(api.tree.getChildren()[0])[0];
		await vscode.commands.executeCommand("agentLiveGraph.revealAgent", row);
		assert.ok(api.panels.current);
	});

	it("Play Demo and Stop Demo exchange the graph and give the log's back", async () => {
		await vscode.commands.executeCommand("agentLiveGraph.playDemo");
		assert.equal(api.feed.isDemo, true);
		assert.ok(api.panels.current);
		await whenFeed(api, () => api.feed.mirror.counters.alive > 1);
		await eventually(() => api.statusBar.text.includes("(demo)"));
		await vscode.commands.executeCommand("agentLiveGraph.stopDemo");
		assert.equal(api.feed.isDemo, false);
		assert.equal(api.feed.mirror.counters.alive, 1);
		await eventually(() => api.statusBar.text === "$(pulse) 1 agent");
	});
});

function tabLabels(): string[] {
	return vscode.window.tabGroups.all.flatMap((group) => group.tabs.map((tab) => tab.label));
}
