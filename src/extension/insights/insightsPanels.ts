import * as vscode from "vscode";
import { Disposable } from "../disposable.ts";
import { type CommandName, commands } from "../ids.ts";
import { InsightsAnswers } from "./insightsAnswers.ts";
import { type InsightsHost, InsightsPanel } from "./insightsPanel.ts";

/** Sessions among which the one that is asked for is looked up. */
const ALL_SESSIONS = 1_000_000;

/** Knows the page of figures: there is one at most. */
export class InsightsPanels extends Disposable {
	readonly #host: InsightsHost;
	#panel: InsightsPanel | null = null;

	constructor(
		surroundings: Pick<InsightsHost, "extensionUri" | "log" | "memory"> &
			ConstructorParameters<typeof InsightsAnswers>[0],
	) {
		super();
		const { telemetry } = surroundings;
		this.#host = {
			...surroundings,
			answers: new InsightsAnswers(surroundings),
			openSession: async (session) => {
				const sessions = await telemetry.required.sessions(ALL_SESSIONS);
				const row = sessions.find(({ id }) => id === session);
				if (row !== undefined) await run("openSession", row);
			},
			actOnProposal: async (hash, action) => {
				const proposal = surroundings.learned.proposals.find((one) => one.hash === hash);
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
