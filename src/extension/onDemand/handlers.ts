import * as vscode from "vscode";
import type { LiveFeed } from "../../live/liveFeed.ts";
import { type AppHandlerTargets, appHandlers } from "../apps/appHandlers.ts";
import { copyAgentId } from "../copyAgentId.ts";
import { type ExportTargets, exportHandlers } from "../export/exportCommands.ts";
import { type SnapshotTargets, snapshotHandlers } from "../functions/snapshotCommands.ts";
import type { HookCommands } from "../hooks/hookCommands.ts";
import { type CommandName, commands } from "../ids.ts";
import type { InsightsPanels } from "../insights/insightsPanels.ts";
import type { PanelRegistry } from "../panel/panelRegistry.ts";
import { type LearnedTargets, learnedHandlers } from "../sequences/learnedCommands.ts";
import { type SessionTargets, sessionHandlers } from "../sessions/sessionCommands.ts";
import { type StatsTargets, statsHandlers } from "../stats/statsCommands.ts";
import type { StreamHost } from "../stream/streamHost.ts";
import { type TelemetryTargets, telemetryHandlers } from "../telemetry/telemetryCommands.ts";
import { type TranscriptTargets, transcriptHandlers } from "../transcripts/transcriptCommands.ts";
import { nodeOfRow } from "../tree/liveAgentsTree.ts";

/** What the commands act on. */
export interface CommandTargets
	extends StatsTargets,
		TelemetryTargets,
		LearnedTargets,
		AppHandlerTargets,
		SnapshotTargets,
		SessionTargets,
		ExportTargets,
		TranscriptTargets {
	readonly feed: LiveFeed;
	readonly panels: PanelRegistry;
	readonly insights: InsightsPanels;
	readonly hooks: HookCommands;
	readonly log: vscode.LogOutputChannel;
	readonly stream: StreamHost;
	showStatus(): Promise<void>;
}

/** What each command does, with the row that it was chosen on. */
export function handlersOf(
	targets: CommandTargets,
): Readonly<Record<CommandName, (row: unknown) => unknown>> {
	return {
		openInsights: () => targets.insights.open(),
		openPanel: () => targets.panels.open(),
		showStatus: () => targets.showStatus(),
		installHooks: () => targets.hooks.change("install"),
		uninstallHooks: () => targets.hooks.change("uninstall"),
		playDemo: () => playDemo(targets),
		stopDemo: () => targets.feed.stopDemo(),
		openEventLog: () => openEventLog(targets.feed),
		showLog: () => targets.log.show(),
		revealAgent: (row) => revealAgent(targets, row),
		copyAgentId: (row) => copyAgentId(targets.feed, row),
		copyStreamUrl: () => targets.stream.copyUrl(),
		...statsHandlers(targets),
		...telemetryHandlers(targets),
		...snapshotHandlers(targets),
		...learnedHandlers(targets),
		...appHandlers(targets),
		...transcriptHandlers(targets),
		...sessionHandlers(targets),
		...exportHandlers(targets),
	};
}

function playDemo({ feed, panels }: CommandTargets): void {
	feed.playDemo();
	panels.open();
}

async function openEventLog({ source }: LiveFeed): Promise<void> {
	if (source.tail.state === "missing") {
		const choice = await vscode.window.showInformationMessage(
			`There is no event log yet. It is made by the first event: ${source.eventsFile}`,
			"Install Hooks",
		);
		if (choice !== undefined) await vscode.commands.executeCommand(commands.installHooks);
		return;
	}
	await vscode.window.showTextDocument(vscode.Uri.file(source.eventsFile), { preview: true });
}

function revealAgent({ feed, panels }: CommandTargets, row: unknown): void {
	const node = nodeOfRow(feed, row);
	if (node !== undefined) panels.open().select(node.key);
}
