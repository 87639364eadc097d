import type * as vscode from "vscode";
import type { Sequence } from "../../sequences/learned.ts";
import type { ChecksTree } from "../apps/checksTree.ts";
import type { HealthFeed } from "../hooks/healthFeed.ts";
import { views } from "../ids.ts";
import { bundleIn } from "../onDemand/loader.ts";
import { ViewOnDemand } from "../onDemand/viewOnDemand.ts";
import type { ProposalRow } from "../sequences/proposalItem.ts";
import type { ProposalsTree } from "../sequences/proposalsTree.ts";
import type { SequencesTree } from "../sequences/sequencesTree.ts";
import type { SessionsRow, SessionsTree } from "../sessions/sessionsTree.ts";
import type { FunctionStatsTree, StatsRow } from "../stats/functionStatsTree.ts";
import type { TreeEngine } from "../tree/engine.ts";
import type { AgentTreeRow, LiveAgentsTree } from "../tree/liveAgentsTree.ts";
import { WindowServices } from "./windowServices.ts";

/** All of the extension in one window of the editor: its views beside what they show. */
export class EditorWindow extends WindowServices {
	readonly #liveAgents = this._register(
		new ViewOnDemand(
			views.liveAgents,
			(view: vscode.TreeView<AgentTreeRow>) =>
				new (bundleIn<TreeEngine>(this.dist, "liveAgents")().LiveAgentsTree)(this.feed, view),
		),
	);
	readonly #functionStats = this._register(
		new ViewOnDemand(
			views.functionStats,
			(view: vscode.TreeView<StatsRow>) =>
				new (this.onDemand().FunctionStatsTree)(this.stats, this.telemetry, view),
			{ showCollapseAll: true },
		),
	);
	readonly #sessions = this._register(
		new ViewOnDemand(
			views.sessions,
			(view: vscode.TreeView<SessionsRow>) =>
				new (this.onDemand().SessionsTree)(
					{
						telemetry: this.telemetry,
						feed: this.feed,
						folders: () => this.settings.panel.workspaceFolders,
						query: this.query,
						beginningOf: (session) => this.transcripts.beginningOf(session),
						search: (...asked) => this.transcripts.search(...asked),
					},
					view,
				),
		),
	);
	readonly #sequences = this._register(
		new ViewOnDemand(views.sequences, (view: vscode.TreeView<Sequence>) => {
			const { SequencesTree, SequenceHighlight } = this.onDemand();
			const tree = new SequencesTree(this.learned, view);
			const { telemetry, panels, feed } = this;
			this._register(new SequenceHighlight({ tree, telemetry, panels, feed }));
			return tree;
		}),
	);
	readonly #proposals = this._register(
		new ViewOnDemand(
			views.proposals,
			(view: vscode.TreeView<ProposalRow>) =>
				new (this.onDemand().ProposalsTree)(this.learned, view),
			{ showCollapseAll: true },
		),
	);
	readonly #checks = this._register(
		new ViewOnDemand(views.e2eChecks, () => new (this.onDemand().ChecksTree)(this.apps), {
			showCollapseAll: true,
		}),
	);
	/** Time that activation held the extension host's thread, ms. */
	activationMs = 0;

	get tree(): LiveAgentsTree {
		return this.#liveAgents.tree;
	}

	get statsTree(): FunctionStatsTree {
		return this.#functionStats.tree;
	}

	get sessions(): SessionsTree {
		return this.#sessions.tree;
	}

	get sequencesTree(): SequencesTree {
		return this.#sequences.tree;
	}

	get proposalsTree(): ProposalsTree {
		return this.#proposals.tree;
	}

	get checksTree(): ChecksTree {
		return this.#checks.tree;
	}

	get health(): HealthFeed {
		return this._once("health", () => {
			const made = new this.hookEngine.HealthFeed(this.feed, this.hooks);
			this._register(made.onDidChangeMessage((message) => this.tree.say(message)));
			return made;
		});
	}

	/** Show Status as Markdown. */
	status(): Promise<string> {
		return this.onDemand().windowStatus(this);
	}

	async showStatus(): Promise<void> {
		await this.documents.show("Agent Live Graph Status");
		void this.onDemand().offerFolders(this.feed.source.transcripts);
	}

	/** What is looked at once the window has had time to start. */
	lookAround(): void {
		void this.health;
		// A view that is folded up says how many wait.
		void this.tree;
		void this.stats;
		this._register(
			this.learned.onDidChange(() => {
				// A view that is folded up says how many are open.
				if (this.learned.proposals.length > 0) void this.proposalsTree;
			}),
		);
		const { UsualTimesFeed, HistoryProgress, ProblemReporter, TroubleReporter } = this.onDemand();
		this._register(new UsualTimesFeed(this.feed, this.telemetry));
		this._register(new HistoryProgress(this.telemetry));
		this._register(new ProblemReporter(this.feed, this.log));
		this._register(new TroubleReporter(this.telemetry, this.log));
	}

	/** Begins what the settings ask for; what runs already is told by configure(). */
	heedSettings(): void {
		const { stream, receive, telemetry } = this.settings;
		this.tellOfSessions();
		if (stream.isEnabled) void this.stream;
		if (receive.isEnabled) void this.receive;
		const { rules } = telemetry;
		// Most people have none, and what knows rules is large.
		if (!Array.isArray(rules) || rules.length > 0) this.onDemand().reportRules(rules, this.log);
	}

	/** Notices of those who wait or are done, from the first session on. */
	tellOfSessions(): void {
		if (this.feed.mirror.nodes.size === 0) return;
		const { notifyAfterMs, notifyDone } = this.settings;
		if (notifyAfterMs > 0) {
			this._once(
				"waits",
				() => new (this.onDemand().WaitNotifier)(this.feed, this.workspaceMemory, this.settings),
				(made, settings) => made.configure(settings),
			);
		}
		if (notifyDone.agents || notifyDone.sessions) {
			this._once(
				"ends",
				() => new (this.onDemand().DoneNotifier)(this.feed, this.settings),
				(made, settings) => made.configure(settings),
			);
		}
	}
}
