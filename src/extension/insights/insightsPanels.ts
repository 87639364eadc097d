import * as vscode from "vscode";
import { Disposable } from "../disposable.ts";
import { type CommandName, commands } from "../ids.ts";
import type { TranscriptDocuments } from "../transcripts/transcriptDocuments.ts";
import { InsightsAnswers } from "./insightsAnswers.ts";
import { type InsightsHost, InsightsPanel } from "./insightsPanel.ts";

/** Sessions among which the one that is asked for is looked up. */
const ALL_SESSIONS = 1_000_000;

/** Of the window; asked for transcripts once the page wants words of theirs. */
interface InsightsWindow
	extends Pick<
			ConstructorParameters<typeof InsightsAnswers>[0],
			"telemetry" | "learned" | "budgets"
		>,
		Pick<InsightsHost, "log" | "memory"> {
	readonly transcripts: TranscriptDocuments;
}

/** Knows the page of figures: there is one at most. */
export class InsightsPanels extends Disposable {
	readonly #host: InsightsHost;
	#panel: InsightsPanel | null = null;

	constructor(window: InsightsWindow, extensionUri: vscode.Uri) {
		super();
		const { log, memory, telemetry, learned, budgets } = window;
		this.#host = {
			extensionUri,
			log,
			memory,
			// Should it fail, the page hears why when it asks.
			readAhead: (from) => void telemetry.current?.readAhead(from).catch(() => {}),
			answers: new InsightsAnswers({
				telemetry,
				learned,
				budgets,
				promptOf: async (session) => (await window.transcripts.beginningOf(session)).prompt,
				textOf: (session, agent, call) =>
					window.transcripts.callTextOf({ session, agent: agent ?? "", call, name: "" }),
			}),
			openSession: async (session) => {
				const sessions = await telemetry.required.sessions(ALL_SESSIONS);
				const row = sessions.find(({ id }) => id === session);
				if (row !== undefined) await run("openSession", row);
			},
			actOnProposal: async (hash, action) => {
				const proposal = learned.proposals.find((one) => one.hash === hash);
				if (proposal !== undefined) await run(action, { type: "proposal", proposal });
			},
			openCall: (session, agent, call) => {
				const name = agent === null ? "session" : "agent";
				return run("openTranscript", { session, agent: agent ?? "", call, name });
			},
			openSequence: (hash) => run("openSequence", { hash }),
			openFunction: (id) => run("openFunction", { type: "function", id }),
			compareVersions: (id) => run("compareVersions", { type: "function", id }),
		};
		this._register({ dispose: () => this.#panel?.dispose() });
	}

	/** Shows the page, opening it when there is none. */
	open(): void {
		if (this.#panel !== null) {
			this.#panel.reveal();
			return;
		}
		const panel = new InsightsPanel(this.#host);
		this.#panel = panel;
		panel.onDidDispose(() => {
			this.#panel = null;
		});
	}
}

async function run(name: CommandName, argument: unknown): Promise<void> {
	await vscode.commands.executeCommand(commands[name], argument);
}
