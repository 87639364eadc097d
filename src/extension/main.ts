import * as path from "node:path";
import * as vscode from "vscode";
import type { GraphFeed } from "../live/graphFeed.ts";
import { LiveFeed } from "../live/liveFeed.ts";
import type { StartReading } from "../live/reading/transcriptReading.ts";
import { TranscriptThread } from "../live/reading/transcriptThread.ts";
import type { AgentIds, ViewFormat } from "../protocol/messages.ts";
import type { Sequence } from "../sequences/learned.ts";
import type { AppEngineLoader } from "./apps/appHandlers.ts";
import type { AppsFeed } from "./apps/appsFeed.ts";
import type { ChecksTree } from "./apps/checksTree.ts";
import type { AppEngine } from "./apps/engine.ts";
import { Commands, runPanelAction } from "./commands.ts";
import { ContextKeys } from "./contextKeys.ts";
import { copyId } from "./copyAgentId.ts";
import type { HookEngine } from "./hooks/engine.ts";
import { SETTINGS_SECTION, TRANSCRIPT_SCHEME, views } from "./ids.ts";
import type { OnDemand } from "./onDemand/engine.ts";
import { after, every, makeLater } from "./onDemand/later.ts";
import { bundleIn } from "./onDemand/loader.ts";
import { ViewOnDemand } from "./onDemand/viewOnDemand.ts";
import { PanelRegistry } from "./panel/panelRegistry.ts";
import type { UpkeepSchedule } from "./schedule/upkeepSchedule.ts";
import type { LearnedFeed } from "./sequences/learnedFeed.ts";
import type { ProposalRow } from "./sequences/proposalItem.ts";
import type { ProposalsTree } from "./sequences/proposalsTree.ts";
import type { SequencesTree } from "./sequences/sequencesTree.ts";
import { SessionsQuery } from "./sessions/sessionsQuery.ts";
import type { SessionsRow, SessionsTree } from "./sessions/sessionsTree.ts";
import { readSettings, type Settings } from "./settings.ts";
import { openOnStartup } from "./startup.ts";
import type { FunctionStatsTree, StatsRow } from "./stats/functionStatsTree.ts";
import type { StatsFeed } from "./stats/statsFeed.ts";
import { Documents } from "./status/documents.ts";
import { StatusBar } from "./statusBar.ts";
import type { StreamHost } from "./stream/streamHost.ts";
import type { TelemetryHost } from "./telemetry/telemetryHost.ts";
import type { TreeEngine } from "./tree/engine.ts";
import type { AgentTreeRow, LiveAgentsTree } from "./tree/liveAgentsTree.ts";

/** The first look at hooks waits until the window has started, ms. */
const FIRST_LOOK_MS = 2000;
/**
 * How often it is looked whether upkeep is due, ms. One long timer would stand still while the
 * machine sleeps.
 */
const UPKEEP_LOOK_MS = 60_000;

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
	readonly sessions: SessionsTree;
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
	const onDemand = bundleIn<OnDemand>(dist, "onDemand");
	const hookEngine = bundleIn<HookEngine>(dist, "hookInstaller");
	const appEngine = bundleIn<AppEngine>(dist, "appChecks");
	const treeEngine = bundleIn<TreeEngine>(dist, "liveAgents");
	const later = <T extends vscode.Disposable>(make: () => T) => makeLater<T>(own, make);
	const feed = own(startFeed(dist, settings, onDemand));
	const insights = later(
		() =>
			new (onDemand().InsightsPanels)({
				extensionUri: context.extensionUri,
				log,
				telemetry: telemetry(),
				learned: learned(),
				budgets: budgets(),
				memory: context.globalState,
				promptOf: async (session) => (await transcripts().beginningOf(session)).prompt,
				textOf: (session, agent, call) =>
					transcripts().callTextOf({ session, agent: agent ?? "", call, name: "" }),
			}),
	);
	const documents = own(new Documents());
	const transcriptChanged = own(new vscode.EventEmitter<vscode.Uri>());
	const transcripts = later(
		() =>
			new (onDemand().TranscriptDocuments)({
				folders: () => settings.transcriptFolders,
				changed: (uri) => transcriptChanged.fire(uri),
			}),
	);
	own(
		vscode.workspace.registerTextDocumentContentProvider(TRANSCRIPT_SCHEME, {
			onDidChange: transcriptChanged.event,
			provideTextDocumentContent: (uri) => transcripts().provideTextDocumentContent(uri),
		}),
	);
	const tree = own(
		new ViewOnDemand(
			views.liveAgents,
			(view: vscode.TreeView<AgentTreeRow>) => new (treeEngine().LiveAgentsTree)(feed, view),
		),
	);
	const hooks = later(
		() => new (hookEngine().HookCommands)(context.extensionPath, versionOf(context)),
	);
	const health = later(() => {
		const made = new (hookEngine().HealthFeed)(feed, hooks());
		own(made.onDidChangeMessage((message) => tree.tree.say(message)));
		return made;
	});
	own(after(FIRST_LOOK_MS, health));
	const sources = () => onDemand().callSources(feed, transcripts());
	const panelHost = {
		extensionUri: context.extensionUri,
		log,
		invoke: runPanelAction,
		copyId: (id: string) => void copyId(id),
		openTranscript: (agent: AgentIds, call: string | null) => sources().openTranscript(agent, call),
		openFile: (agent: AgentIds, call: string) => sources().openFile(agent, call),
		saveView: (format: ViewFormat, data: string) => void onDemand().saveView(format, data),
		exportSession: (shown: GraphFeed, session: string | null) =>
			onDemand().askForSession(shown, session),
		reasonOf: (agent: AgentIds, call: string | null) => sources().reasonOf(agent, call),
	};
	const panels = own(
		new PanelRegistry(feed, panelHost, (...parts) => new (onDemand().GraphPanel)(...parts)),
	);
	const telemetry = later(() => {
		const made = onDemand().createTelemetry(context);
		running = made;
		made.configure(onDemand().telemetryOptions(context, settings));
		return made;
	});
	const budgets = later(
		() => new (onDemand().BudgetWatch)(telemetry(), context.globalState, settings.budgets),
	);
	const stats = later(() => {
		const made = new (onDemand().StatsFeed)(
			telemetry(),
			onDemand().rememberedSort(context.globalState),
		);
		statusBar.follow(own(new (onDemand().RecordedLines)(telemetry(), made, budgets())));
		contextKeys.follow(made);
		return made;
	});
	const statsView = own(
		new ViewOnDemand(
			views.functionStats,
			(view: vscode.TreeView<StatsRow>) =>
				new (onDemand().FunctionStatsTree)(stats(), telemetry(), view),
			{ showCollapseAll: true },
		),
	);
	const query = own(new SessionsQuery());
	const sessions = own(
		new ViewOnDemand(
			views.sessions,
			(view: vscode.TreeView<SessionsRow>) =>
				new (onDemand().SessionsTree)(
					{
						telemetry: telemetry(),
						feed,
						folders: () => settings.panel.workspaceFolders,
						query,
						beginningOf: (session) => transcripts().beginningOf(session),
						search: (...asked) => transcripts().search(...asked),
					},
					view,
				),
		),
	);
	const learned = later(() => new (onDemand().LearnedFeed)(telemetry(), settings.thresholds));
	own(
		vscode.window.registerUriHandler({
			handleUri: (uri) => onDemand().openTranscriptLink(uri),
		}),
	);
	const sequences = own(
		new ViewOnDemand(views.sequences, (view: vscode.TreeView<Sequence>) => {
			const made = new (onDemand().SequencesTree)(learned(), view);
			own(new (onDemand().SequenceHighlight)({ tree: made, telemetry: telemetry(), panels, feed }));
			return made;
		}),
	);
	const proposals = own(
		new ViewOnDemand(
			views.proposals,
			(view: vscode.TreeView<ProposalRow>) => new (onDemand().ProposalsTree)(learned(), view),
			{ showCollapseAll: true },
		),
	);
	own(
		after(FIRST_LOOK_MS, () => {
			// A view that is folded up says how many wait.
			void tree.tree;
			stats();
			own(
				learned().onDidChange(() => {
					// A view that is folded up says how many are open.
					if (learned().proposals.length > 0) void proposals.tree;
				}),
			);
			own(new (onDemand().UsualTimesFeed)(feed, telemetry()));
			own(new (onDemand().HistoryProgress)(telemetry()));
			own(new (onDemand().ProblemReporter)(feed, log));
			own(new (onDemand().TroubleReporter)(telemetry(), log));
		}),
	);
	const apps = later(
		() => new (onDemand().AppsFeed)(telemetry(), (text) => appEngine().parseApp(text)),
	);
	const checks = own(
		new ViewOnDemand(views.e2eChecks, () => new (onDemand().ChecksTree)(apps()), {
			showCollapseAll: true,
		}),
	);
	const upkeep = later(() => new (onDemand().UpkeepSchedule)(telemetry(), log, () => settings));
	own(every(UPKEEP_LOOK_MS, () => settings.upkeepEveryHours !== null && upkeep().look()));
	const statusBar = own(new StatusBar(feed));
	const contextKeys = own(new ContextKeys({ feed, panels, query }));
	const waits = later(() => new (onDemand().WaitNotifier)(feed, context.workspaceState, settings));
	const ends = later(() => new (onDemand().DoneNotifier)(feed, settings));
	const tellOfSessions = (): void => {
		if (feed.mirror.nodes.size === 0) return;
		const { notifyAfterMs, notifyDone } = settings;
		if (notifyAfterMs > 0) waits();
		if (notifyDone.agents || notifyDone.sessions) ends();
	};
	own({ dispose: feed.listen({ patch: tellOfSessions, reset: tellOfSessions }) });
	const stream = later(
		() =>
			new (onDemand().StreamHost)({
				feed,
				dist,
				// What was asked of agents is not told to browsers.
				insights: () =>
					new (onDemand().InsightsAnswers)({
						telemetry: telemetry(),
						learned: learned(),
						budgets: budgets(),
						promptOf: async () => null,
						textOf: async () => null,
					}),
				tokenFile: vscode.Uri.joinPath(context.globalStorageUri, "stream.token").fsPath,
				log,
			}),
	);
	if (settings.stream.isEnabled) void stream().configure(settings.stream);
	// Most people have none, and what knows rules is large.
	const reportRules = (rules: unknown): void => {
		if (!Array.isArray(rules) || rules.length > 0) onDemand().reportRules(rules, log);
	};
	reportRules(settings.telemetry.rules);
	const status = () =>
		onDemand().windowStatus({
			version: versionOf(context),
			feed,
			health: health(),
			telemetry: telemetry(),
			stream: stream(),
			activationMs: api.activationMs,
		});
	documents.add("Agent Live Graph Status", status);
	own(
		new Commands(
			{
				feed,
				panels,
				log,
				documents,
				appEngine,
				panelHost,
				query,
				get stats() {
					return stats();
				},
				get telemetry() {
					return telemetry();
				},
				get insights() {
					return insights();
				},
				get learned() {
					return learned();
				},
				get hooks() {
					return hooks();
				},
				get statsTree() {
					return statsView.tree;
				},
				get proposalsTree() {
					return proposals.tree;
				},
				get stream() {
					return stream();
				},
				get apps() {
					return apps();
				},
				get transcripts() {
					return transcripts();
				},
				get sessions() {
					return sessions.tree;
				},
				startReading: readingIn(dist),
				transcriptFolders: () => settings.transcriptFolders,
				eventsFile: () => settings.eventsFile,
				dist,
				memory: context.globalState,
				secrets: context.secrets,
				get databaseFile() {
					return onDemand().databaseFile(context);
				},
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
			waits.made?.configure(settings);
			ends.made?.configure(settings);
			tellOfSessions();
			if (settings.stream.isEnabled || stream.made !== null)
				void stream().configure(settings.stream);
			telemetry.made?.configure(onDemand().telemetryOptions(context, settings));
			learned.made?.configure(settings.thresholds);
			budgets.made?.configure(settings.budgets);
			reportRules(settings.telemetry.rules);
		}),
	);
	own(openOnStartup(feed, panels, settings));
	const activationMs = performance.now() - startedAt;
	log.info(`Activated in ${activationMs.toFixed(1)} ms, following ${settings.eventsFile}`);
	const api: Api = {
		feed,
		panels,
		get tree() {
			return tree.tree;
		},
		statusBar,
		get telemetry() {
			return telemetry();
		},
		get stats() {
			return stats();
		},
		get sessions() {
			return sessions.tree;
		},
		get learned() {
			return learned();
		},
		activationMs,
		status,
		appEngine,
		get statsTree() {
			return statsView.tree;
		},
		get stream() {
			return stream();
		},
		get sequencesTree() {
			return sequences.tree;
		},
		get proposalsTree() {
			return proposals.tree;
		},
		get apps() {
			return apps();
		},
		get checksTree() {
			return checks.tree;
		},
		get upkeep() {
			return upkeep();
		},
	};
	return api;
}

/** The extension host's thread is not its own: transcripts are read in another. */
function startFeed(dist: string, settings: Settings, onDemand: () => OnDemand): LiveFeed {
	return new LiveFeed(settings, {
		startReading: readingIn(dist),
		recordSession: (...parts) => onDemand().recordSession(...parts),
		newDemo: (...parts) => new (onDemand().DemoPlayer)(...parts),
	});
}

function readingIn(dist: string): StartReading {
	const workerFile = path.join(dist, "transcriptWorker.cjs");
	return (input, listener) => new TranscriptThread(workerFile, input, listener);
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
