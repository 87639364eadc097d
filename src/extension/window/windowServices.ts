import * as path from "node:path";
import * as vscode from "vscode";
import { LiveFeed } from "../../live/liveFeed.ts";
import type { StartReading } from "../../live/reading/transcriptReading.ts";
import { TranscriptThread } from "../../live/reading/transcriptThread.ts";
import type { AppEngineLoader } from "../apps/appHandlers.ts";
import type { AppsFeed } from "../apps/appsFeed.ts";
import type { AppEngine } from "../apps/engine.ts";
import type { BudgetWatch } from "../budgets/budgetWatch.ts";
import { runPanelAction } from "../commands.ts";
import { ContextKeys } from "../contextKeys.ts";
import { copyId } from "../copyAgentId.ts";
import type { LogEngine } from "../eventLog/engine.ts";
import type { HookEngine } from "../hooks/engine.ts";
import type { HookCommands } from "../hooks/hookCommands.ts";
import type { InsightsPanels } from "../insights/insightsPanels.ts";
import type { OnDemand } from "../onDemand/engine.ts";
import { bundleIn } from "../onDemand/loader.ts";
import type { PanelHost } from "../panel/graphPanel.ts";
import { PanelRegistry } from "../panel/panelRegistry.ts";
import type { ReceiveHost } from "../receive/receiveHost.ts";
import type { UpkeepSchedule } from "../schedule/upkeepSchedule.ts";
import type { LearnedFeed } from "../sequences/learnedFeed.ts";
import { SessionsQuery } from "../sessions/sessionsQuery.ts";
import { readSettings, type Settings } from "../settings.ts";
import type { StatsFeed } from "../stats/statsFeed.ts";
import { Documents } from "../status/documents.ts";
import { StatusBar } from "../statusBar.ts";
import type { StreamHost } from "../stream/streamHost.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import type { TranscriptDocuments } from "../transcripts/transcriptDocuments.ts";
import { LazyParts } from "./lazyParts.ts";

/** What the views and commands of a window work with. What it does not need to start with is made on demand. */
export class WindowServices extends LazyParts {
	readonly log: vscode.LogOutputChannel;
	/** Folder of the extension's own bundles. */
	readonly dist: string;
	readonly memory: vscode.Memento;
	readonly workspaceMemory: vscode.Memento;
	readonly secrets: vscode.SecretStorage;
	readonly version: string;
	readonly onDemand: () => OnDemand;
	readonly appEngine: AppEngineLoader;
	readonly documents = this._register(new Documents());
	readonly query = this._register(new SessionsQuery());
	readonly feed: LiveFeed;
	readonly panels: PanelRegistry;
	readonly statusBar: StatusBar;
	readonly panelHost: PanelHost;
	readonly startReading: StartReading;
	readonly #contextKeys: ContextKeys;
	readonly #hookEngine: () => HookEngine;
	readonly #context: vscode.ExtensionContext;
	readonly #transcriptChanged = this._register(new vscode.EventEmitter<vscode.Uri>());
	readonly onDidChangeTranscript = this.#transcriptChanged.event;
	#settings = readSettings();
	#telemetry: TelemetryHost | null = null;

	constructor(context: vscode.ExtensionContext, log: vscode.LogOutputChannel) {
		super();
		this.#context = context;
		this.log = log;
		this.memory = context.globalState;
		this.workspaceMemory = context.workspaceState;
		this.secrets = context.secrets;
		this.version = String((context.extension.packageJSON as { version?: unknown }).version);
		this.dist = vscode.Uri.joinPath(context.extensionUri, "dist").fsPath;
		this.onDemand = bundleIn<OnDemand>(this.dist, "onDemand");
		this.appEngine = bundleIn<AppEngine>(this.dist, "appChecks");
		this.#hookEngine = bundleIn<HookEngine>(this.dist, "hookInstaller");
		const logEngine = bundleIn<LogEngine>(this.dist, "eventLog");
		// The extension host's thread is not its own: transcripts are read in another.
		const workerFile = path.join(this.dist, "transcriptWorker.cjs");
		this.startReading = (input, listener) => new TranscriptThread(workerFile, input, listener);
		this.feed = this._register(
			new LiveFeed(this.#settings, {
				newLog: () => new (logEngine().LogLines)(),
				startReading: this.startReading,
				recordSession: (...parts) => this.onDemand().recordSession(...parts),
				newDemo: (...parts) => new (this.onDemand().DemoPlayer)(...parts),
			}),
		);
		this.panelHost = this.#newPanelHost();
		this.panels = this._register(
			new PanelRegistry(
				this.feed,
				this.panelHost,
				(...parts) => new (this.onDemand().GraphPanel)(...parts),
			),
		);
		this.statusBar = this._register(new StatusBar(this.feed));
		this.#contextKeys = this._register(new ContextKeys(this));
	}

	get settings(): Settings {
		return this.#settings;
	}

	/** What is made already hears of it. */
	configure(settings: Settings): void {
		this.#settings = settings;
		this.feed.configure(settings);
		this._configure(settings);
	}

	/** Saves what was recorded last. */
	async close(): Promise<void> {
		await this.#telemetry?.close();
	}

	readonly transcriptFolders = () => this.#settings.transcriptFolders;

	readonly eventsFile = () => this.#settings.eventsFile;

	get databaseFile(): string {
		return this.onDemand().databaseFile(this.#context);
	}

	get telemetry(): TelemetryHost {
		const options = (settings: Settings) =>
			this.onDemand().telemetryOptions(this.#context, settings);
		return this._once(
			"telemetry",
			() => {
				const made = this.onDemand().createTelemetry(this.#context);
				this.#telemetry = made;
				made.configure(options(this.#settings));
				return made;
			},
			(made, settings) => made.configure(options(settings)),
		);
	}

	get stats(): StatsFeed {
		return this._once("stats", () => {
			const { StatsFeed, RecordedLines, rememberedSort } = this.onDemand();
			const made = new StatsFeed(this.telemetry, rememberedSort(this.memory));
			this.statusBar.follow(this._register(new RecordedLines(this.telemetry, made, this.budgets)));
			this.#contextKeys.follow(made);
			return made;
		});
	}

	get budgets(): BudgetWatch {
		return this._once(
			"budgets",
			() => new (this.onDemand().BudgetWatch)(this.telemetry, this.memory, this.#settings.budgets),
			(made, { budgets }) => made.configure(budgets),
		);
	}

	get learned(): LearnedFeed {
		return this._once(
			"learned",
			() => new (this.onDemand().LearnedFeed)(this.telemetry, this.#settings.thresholds),
			(made, { thresholds }) => made.configure(thresholds),
		);
	}

	get transcripts(): TranscriptDocuments {
		return this._once(
			"transcripts",
			() =>
				new (this.onDemand().TranscriptDocuments)({
					folders: this.transcriptFolders,
					changed: (uri) => this.#transcriptChanged.fire(uri),
				}),
		);
	}

	get insights(): InsightsPanels {
		return this._once(
			"insights",
			() => new (this.onDemand().InsightsPanels)(this, this.#context.extensionUri),
		);
	}

	get hooks(): HookCommands {
		return this._once(
			"hooks",
			() => new (this.#hookEngine().HookCommands)(this.#context.extensionPath, this.version),
		);
	}

	protected get hookEngine(): HookEngine {
		return this.#hookEngine();
	}

	get apps(): AppsFeed {
		return this._once("apps", () => new (this.onDemand().AppsFeed)(this));
	}

	get upkeep(): UpkeepSchedule {
		return this._once(
			"upkeep",
			() => new (this.onDemand().UpkeepSchedule)(this.telemetry, this.log, () => this.#settings),
		);
	}

	get stream(): StreamHost {
		return this._once(
			"stream",
			() => {
				const { globalStorageUri } = this.#context;
				return new (this.onDemand().StreamHost)(this, globalStorageUri, this.#settings.stream);
			},
			(made, { stream }) => void made.configure(stream),
		);
	}

	get receive(): ReceiveHost {
		return this._once(
			"receive",
			() => new (this.onDemand().ReceiveHost)(this, this.#settings.receive),
			(made, { receive }) => void made.configure(receive),
		);
	}

	#newPanelHost(): PanelHost {
		const sources = () => this.onDemand().callSources(this.feed, this.transcripts);
		return {
			extensionUri: this.#context.extensionUri,
			log: this.log,
			invoke: runPanelAction,
			copyId: (id) => void copyId(id),
			openTranscript: (agent, call) => sources().openTranscript(agent, call),
			openFile: (agent, call) => sources().openFile(agent, call),
			saveView: (format, data) => void this.onDemand().saveView(format, data),
			exportSession: (shown, session) => this.onDemand().askForSession(shown, session),
			reasonOf: (agent, call) => sources().reasonOf(agent, call),
		};
	}
}
