import * as path from "node:path";
import * as vscode from "vscode";
import { FIRST_HOOKED } from "../../ingest/clients/hookedClients.ts";
import { type HealthReport, hookHealth } from "../../installer/status/hookHealth.ts";
import type { InstalledHooks } from "../../installer/status/hookStatus.ts";
import type { LiveFeed } from "../../live/liveFeed.ts";
import { Disposable } from "../disposable.ts";
import { code } from "../reportMarkdown.ts";
import { type HookFacts, hookReport } from "../status/hookReport.ts";
import type { HookCommands } from "./hookCommands.ts";
import { logFacts } from "./logFacts.ts";

/** Settings are read again this often, ms: somebody may have changed them. */
const LOOK_INTERVAL_MS = 60_000;

/** Watches over the hooks: what is installed, and whether they write what transcripts tell. */
export class HealthFeed extends Disposable {
	readonly #feed: LiveFeed;
	readonly #hooks: HookCommands;
	readonly #onDidChange = this._register(new vscode.EventEmitter<string | undefined>());
	/** Fires with the worst there is to say; undefined while all is well. */
	readonly onDidChangeMessage = this.#onDidChange.event;
	#message: string | undefined;

	constructor(feed: LiveFeed, hooks: HookCommands) {
		super();
		this.#feed = feed;
		this.#hooks = hooks;
		const look = () => void this.look();
		const timer = setInterval(look, LOOK_INTERVAL_MS);
		this._register({ dispose: () => clearInterval(timer) });
		this._register(hooks.onDidChange(look));
		look();
	}

	/** The section of Show Status about hooks, as Markdown. */
	async report(): Promise<string> {
		try {
			return hookReport(await this.#facts(), Date.now());
		} catch (error) {
			return `## Hooks\n\nNothing can be told: ${code(String(error))}\n`;
		}
	}

	/** @throws what the file system says when the extension's own hooks can not be read */
	async #facts(): Promise<HookFacts> {
		const settings = await this.#hooks.installed();
		return { settings, health: this.#healthOf(settings) };
	}

	async look(): Promise<void> {
		const facts = await this.#facts().catch(() => null);
		if (this.isDisposed) return;
		this.#feed.areHooksReady = facts?.settings.some(({ installed }) => installed > 0) ?? false;
		// A demo has nothing to do with any hooks; before the first reading is over, nothing is known.
		if (this.#feed.isDemo || this.#feed.status.phase === "reading") return;
		const message = facts === null ? undefined : messageOf(facts);
		if (message === this.#message) return;
		this.#message = message;
		this.#onDidChange.fire(message);
	}

	/** The client keeps its transcripts in `projects` of its configuration folder. */
	#transcriptsHome(): string | null {
		const folder = this.#feed.source.transcripts?.latestFolder ?? "";
		return path.basename(folder) === "projects" ? path.dirname(folder) : null;
	}

	#healthOf(settings: readonly InstalledHooks[]): HealthReport {
		const { stats } = this.#feed.followed;
		const { transcriptsAt, transcriptFolders: folders } = stats.toldOf(FIRST_HOOKED.name);
		return hookHealth({
			now: Date.now(),
			settings,
			configFolder: this.#hooks.configFolder,
			...logFacts(stats),
			transcripts:
				transcriptsAt === 0
					? null
					: { lastAt: transcriptsAt, folders, configFolder: this.#transcriptsHome() },
		});
	}
}

/** Without events and transcripts the view's welcome says that hooks can be installed. */
function messageOf({ settings, health }: HookFacts): string | undefined {
	const hasAny = settings.some(({ installed }) => installed > 0) || health.lastAt !== null;
	return health.problems.find(({ kind }) => hasAny || kind !== "not_installed")?.message;
}
