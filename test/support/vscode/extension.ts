import assert from "node:assert/strict";
import { setTimeout as delay } from "node:timers/promises";
import * as vscode from "vscode";
import type { Api } from "../../../src/extension/main.ts";
import type { NodeView } from "../../../src/model/views/view.ts";
import type { TelemetryFacts } from "../../../src/telemetry/figures.ts";
import type { LogFile } from "./logFile.ts";

const EXTENSION_ID = "agent-live-graph.agent-live-graph";
/** Milliseconds between two looks at something that has no event. */
const POLL = 20;

export function extension(): vscode.Extension<Api> {
	const found = vscode.extensions.getExtension<Api>(EXTENSION_ID);
	assert.ok(found, `${EXTENSION_ID} is not there`);
	return found;
}

/** What activate() handed out. */
export async function activated(): Promise<Api> {
	return extension().activate();
}

/** Settles once the feed is as wanted; mocha's own limit ends a wait in vain. */
export async function whenFeed({ feed }: Api, isWanted: () => boolean): Promise<void> {
	let stop = () => {};
	await new Promise<void>((resolve) => {
		const look = () => isWanted() && resolve();
		stop = feed.listen({ patch: look, reset: look, status: look, read: look });
		look();
	});
	stop();
}

/** Settles once the statistics that the side bar shows are as wanted. */
export async function whenRecorded({ stats }: Api, isWanted: () => boolean): Promise<void> {
	await new Promise<void>((resolve) => {
		const look = () => {
			if (!isWanted()) return;
			listener.dispose();
			resolve();
		};
		const listener = stats.onDidChange(look);
		look();
	});
}

/** Settles once the telemetry that runs is one whose facts are as wanted. */
export async function whenTelemetry(
	{ telemetry }: Api,
	isWanted: (facts: TelemetryFacts) => boolean,
): Promise<void> {
	for (;;) {
		const facts = await telemetry.current?.facts(0).catch(() => undefined);
		if (facts !== undefined && isWanted(facts)) return;
		await delay(POLL);
	}
}

/** For what tells nobody when it changes, such as the text of the status bar. */
export async function eventually(isWanted: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await isWanted())) {
		await delay(POLL);
	}
}

/** Changes one of the extension's settings; undefined takes the change back. */
export async function setSetting(name: string, value: unknown): Promise<void> {
	const config = vscode.workspace.getConfiguration("agentLiveGraph");
	await config.update(name, value, vscode.ConfigurationTarget.Global);
}

/** Nodes as everyone was last told of them, by the id in the log. */
export function shownNodes({ feed }: Api): Map<string, NodeView> {
	return new Map([...feed.mirror.nodes.values()].map((node) => [node.id, node]));
}

/** The window follows a log in which an agent has started. */
export async function following(log: LogFile): Promise<Api> {
	const api = await activated();
	log.append((events) => events.add("session_start").start("a1", "Explore"));
	await setSetting("eventsFile", log.path);
	await whenFeed(api, () => shownNodes(api).has("a1"));
	return api;
}

/** It follows its own again, and the log is gone. @param settings that were changed meanwhile */
export async function leave(log: LogFile, ...settings: readonly string[]): Promise<void> {
	for (const name of [...settings, "eventsFile"]) await setSetting(name, undefined);
	log.remove();
}
