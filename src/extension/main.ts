import * as path from "node:path";
import * as vscode from "vscode";
import { LiveFeed } from "../live/liveFeed.ts";
import type { StartReading } from "../live/transcriptReading.ts";
import { TranscriptThread } from "../live/transcriptThread.ts";
import { type AppEngineLoader, appEngineIn } from "./apps/appHandlers.ts";
import { AppsFeed } from "./apps/appsFeed.ts";
import { ChecksTree } from "./apps/checksTree.ts";
import { Commands, runPanelAction } from "./commands.ts";
import { ContextKeys } from "./contextKeys.ts";
import { copyAgentId } from "./copyAgentId.ts";
import { HealthFeed } from "./hooks/healthFeed.ts";
import { HookCommands } from "./hooks/hookCommands.ts";
import { SETTINGS_SECTION } from "./ids.ts";
import { type OnDemandLoader, onDemandIn } from "./onDemand/loader.ts";
import { PanelRegistry } from "./panel/panelRegistry.ts";
import { UpkeepSchedule } from "./schedule/upkeepSchedule.ts";
import { LearnedFeed } from "./sequences/learnedFeed.ts";
import { ProposalsTree } from "./sequences/proposalsTree.ts";
import { SequenceHighlight } from "./sequences/sequenceHighlight.ts";
import { SequencesTree } from "./sequences/sequencesTree.ts";
import { SessionsTree } from "./sessions/sessionsTree.ts";
import { readSettings, type Settings } from "./settings.ts";
import { openOnStartup } from "./startup.ts";
import { FunctionStatsTree } from "./stats/functionStatsTree.ts";
import { StatsFeed } from "./stats/statsFeed.ts";
import { rememberedSort } from "./stats/statsSort.ts";
import { Documents } from "./status/documents.ts";
import { ProblemReporter } from "./status/problemReporter.ts";
import { StatusBar } from "./statusBar.ts";
import { StreamHost } from "./stream/streamHost.ts";
import { HistoryProgress } from "./telemetry/historyProgress.ts";
import { SilenceFeed } from "./telemetry/silenceFeed.ts";
import type { TelemetryHost } from "./telemetry/telemetryHost.ts";
import { TroubleReporter } from "./telemetry/troubleReporter.ts";
import { createTelemetry, databaseFile, telemetryOptions } from "./telemetry/windowTelemetry.ts";
import { TranscriptDocuments } from "./transcripts/transcriptDocuments.ts";
import { LiveAgentsTree } from "./tree/liveAgentsTree.ts";
import { DoneNotifier } from "./waits/doneNotifier.ts";
import { WaitNotifier } from "./waits/waitNotifier.ts";

/** What activate() hands out, for the tests that run inside the extension host. */
export interface Api {
	readonly feed: LiveFeed;
	readonly panels: PanelRegistry;
	readonly tree: LiveAgentsTree;
	readonly statusBar: StatusBar;
	readonly stream: StreamHost;
	readonly telemetry: TelemetryHost;
	readonly stats: StatsFeed;
	readonly statsTree: FunctionStatsTree;
	readonly learned: LearnedFeed;
	readonly sequencesTree: SequencesTree;
	readonly proposalsTree: ProposalsTree;
	readonly apps: AppsFeed;
	readonly appEngine: AppEngineLoader;
	readonly checksTree: ChecksTree;
	readonly upkeep: UpkeepSchedule;
	/** Time that activation held the extension host's thread, ms. */
	readonly activationMs: number;
	/** Show Status as Markdown. */
	status(): Promise<string>;
}

/** Outlives start(), because deactivate() is handed nothing. */
let running: TelemetryHost | null = null;

export function activate(context: vscode.ExtensionContext): Api {
	const log = vscode.window.createOutputChannel("Agent Live Graph", { log: true });
	context.subscriptions.push(log);
	try {
		return start(context, log);
	} catch (error) {
		// VS Code itself only writes to its own log when an extension fails to start.
		log.error("Activation failed", error instanceof Error ? error : String(error));
		void vscode.window.showErrorMessage(`Agent Live Graph could not start: ${String(error)}`);
		throw error;
	}
}

/** VS Code waits for about 5 s: time to save what was recorded last. */
export async function deactivate(): Promise<void> {
	await running?.close();
}

function start(context: vscode.ExtensionContext, log: vscode.LogOutputChannel): Api {
	const startedAt = performance.now();
	let settings = readSettings();
	const own = <T extends vscode.Disposable>(disposable: T): T => {
		context.subscriptions.push(disposable);
		return disposable;
	};
	const dist = vscode.Uri.joinPath(context.extensionUri, "dist").fsPath;
	const onDemand = onDemandIn(dist);
	const feed = own(startFeed(dist, settings));
	const documents = own(new Documents());
	const transcripts = own(
		new TranscriptDocuments({
			engine: () => onDemand().transcripts,
			folders: () => settings.transcriptFolders,
		}),
	);
	const hooks = own(new HookCommands(context.extensionPath, versionOf(context)));
	const health = own(new HealthFeed(feed, hooks));
	const panelHost = {
		extensionUri: context.extensionUri,
		log,
		invoke: runPanelAction,
		copyId: (key: string) => void copyAgentId(feed, { key }),
		openTranscript: (key: string, call: string | null) =>
			onDemand().callSources(feed, transcripts).openTranscript(key, call),
		openFile: (key: string, call: string) =>
			onDemand().callSources(feed, transcripts).openFile(key, call),
		reasonOf: (key: string, call: string | null) =>
			onDemand().callSources(feed, transcripts).reasonOf(key, call),
	};
	const panels = own(new PanelRegistry(feed, panelHost));
	const tree = own(new LiveAgentsTree(feed));
	own(health.onDidChangeMessage((message) => tree.say(message)));
	const { telemetry, stats, statsTree } = startTelemetry(context, own, onDemand);
	const sessions = own(
		new SessionsTree({
			telemetry,
			folders: () => settings.panel.workspaceFolders,
			promptOf: (session) => transcripts.promptOf(session),
		}),
	);
	own(new SilenceFeed(feed, telemetry));
	const learned = own(new LearnedFeed(telemetry));
	const sequencesTree = own(new SequencesTree(learned, onDemand));
	const proposalsTree = own(new ProposalsTree(learned, onDemand));
	own(new SequenceHighlight({ tree: sequencesTree, telemetry, panels, feed }));
	const appEngine = appEngineIn(dist);
	const apps = own(new AppsFeed(telemetry, (text) => appEngine().parseApp(text)));
	const checksTree = own(new ChecksTree(apps));
	const upkeep = own(new UpkeepSchedule(telemetry, log, settings.upkeepEveryHours));
	const statusBar = own(new StatusBar(feed, stats, telemetry));
	own(new ContextKeys(feed, stats, panels));
	const waits = own(new WaitNotifier(feed, context.workspaceState, settings));
	const ends = own(new DoneNotifier(feed, settings));
	own(new ProblemReporter(feed, log));
	own(new TroubleReporter(telemetry, log));
	own(new HistoryProgress(telemetry));
	const stream = own(
		new StreamHost({
			feed,
			dist,
			tokenFile: vscode.Uri.joinPath(context.globalStorageUri, "stream.token").fsPath,
			log,
		}),
	);
	void stream.configure(settings.stream);
	telemetry.configure(telemetryOptions(context, settings));
	// Most people have none, and what knows rules is large.
	const reportRules = (rules: unknown): void => {
		if (!Array.isArray(rules) || rules.length > 0) onDemand().reportRules(rules, log);
	};
	reportRules(settings.telemetry.rules);
	const status = () =>
		onDemand().windowStatus({
			version: versionOf(context),
			feed,
			health,
			telemetry,
			stream,
			activationMs: api.activationMs,
		});
	documents.add("Agent Live Graph Status", status);
	own(
		new Commands(
			{
				feed,
				panels,
				hooks,
				log,
				stats,
				statsTree,
				stream,
				telemetry,
				learned,
				documents,
				apps,
				appEngine,
				transcripts,
				sessions,
				panelHost,
				startReading: readingIn(dist),
				transcriptFolders: () => settings.transcriptFolders,
				memory: context.globalState,
				databaseFile: databaseFile(context),
				showStatus: async () => {
					await documents.show("Agent Live Graph Status");
					void onDemand().offerFolders(feed.source.transcripts);
				},
			},
			onDemand,
		),
	);
	own(
		onDidChangeSettings((changed) => {
			settings = changed;
			feed.configure(settings);
			waits.configure(settings);
			ends.configure(settings);
			void stream.configure(settings.stream);
			upkeep.configure(settings.upkeepEveryHours);
			telemetry.configure(telemetryOptions(context, settings));
			reportRules(settings.telemetry.rules);
		}),
	);
	own(openOnStartup(feed, panels, settings));
	const activationMs = performance.now() - startedAt;
	log.info(`Activated in ${activationMs.toFixed(1)} ms, following ${settings.eventsFile}`);
	const api: Api = {
		feed,
		panels,
		tree,
		statusBar,
		telemetry,
		stats,
		statsTree,
		stream,
		learned,
		sequencesTree,
		proposalsTree,
		activationMs,
		status,
		apps,
		appEngine,
		checksTree,
		upkeep,
	};
	return api;
}

/** The extension host's thread is not its own: transcripts are read in another. */
function startFeed(dist: string, settings: Settings): LiveFeed {
	return new LiveFeed(settings, { startReading: readingIn(dist) });
}

function readingIn(dist: string): StartReading {
	const workerFile = path.join(dist, "transcriptWorker.cjs");
	return (input, listener) => new TranscriptThread(workerFile, input, listener);
}

function startTelemetry(
	context: vscode.ExtensionContext,
	own: <T extends vscode.Disposable>(disposable: T) => T,
	onDemand: OnDemandLoader,
): Pick<Api, "telemetry" | "stats" | "statsTree"> {
	const telemetry = own(createTelemetry(context));
	running = telemetry;
	const stats = own(new StatsFeed(telemetry, rememberedSort(context.globalState)));
	return { telemetry, stats, statsTree: own(new FunctionStatsTree(stats, telemetry, onDemand)) };
}

/** Settings take effect at once, and so do folders that are added to the workspace. */
function onDidChangeSettings(apply: (settings: Settings) => void): vscode.Disposable {
	return vscode.Disposable.from(
		vscode.workspace.onDidChangeConfiguration((event) => {
			if (event.affectsConfiguration(SETTINGS_SECTION)) apply(readSettings());
		}),
		vscode.workspace.onDidChangeWorkspaceFolders(() => apply(readSettings())),
	);
}

function versionOf({ extension }: vscode.ExtensionContext): string {
	return String((extension.packageJSON as { version?: unknown }).version);
}
