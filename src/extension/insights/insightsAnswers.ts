import type { BehindQuery } from "../../insights/insights.ts";
import type { InsightQuestion, InsightsSource } from "../../protocol/insightsMessages.ts";
import { assertNever } from "../../protocol/messages.ts";
import { learnedLines } from "../../telemetry/insights/learnedLines.ts";
import type { BudgetWatch } from "../budgets/budgetWatch.ts";
import type { LearnedFeed } from "../sequences/learnedFeed.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";

interface AnswersOptions {
	readonly telemetry: TelemetryHost;
	readonly learned: LearnedFeed;
	readonly budgets: BudgetWatch;
	/** What a session was about; null where that is not known, or not to be told. */
	promptOf(session: string): Promise<string | null>;
	/** What a call asked for; null as above. @param agent null for the orchestrator */
	textOf(session: string, agent: string | null, call: string): Promise<string | null>;
}

/** Answers the page of figures, in the editor or in a browser, from the window's telemetry. */
export class InsightsAnswers implements InsightsSource {
	readonly #options: AnswersOptions;

	constructor(options: AnswersOptions) {
		this.#options = options;
	}

	listen(changed: () => void): () => void {
		const listening = this.#options.telemetry.onDidChange(changed);
		return () => listening.dispose();
	}

	async answer(question: InsightQuestion): ReturnType<InsightsSource["answer"]> {
		const { telemetry, learned, budgets, promptOf } = this.#options;
		switch (question.kind) {
			case "insights":
				return telemetry.required.insights(question);
			case "functions":
				return telemetry.required.insightFunctions(question);
			case "series":
				return telemetry.required.insightSeries(question, question.functionIds);
			case "function":
				return telemetry.required.insightFunction(question, question.functionId);
			case "callsOf":
				return telemetry.required.insightCallsOf(question);
			case "behind":
				return telemetry.required.insightCalls(question);
			case "script":
				return await this.#script(question);
			case "budgets":
				return telemetry.required.budgets(budgets.budgets);
			case "learned":
				await learned.refresh();
				return learnedLines(learned.proposals, learned.sequences, question.showsAll);
			case "titles":
				return Promise.all(
					question.sessions.map(async (session) => ({
						session,
						title: (await promptOf(session).catch(() => null)) ?? "",
					})),
				);
			default:
				return assertNever(question);
		}
	}

	/** The newest that a transcript still has. */
	async #script({ id, from, until }: Omit<BehindQuery, "what">) {
		const { telemetry, textOf } = this.#options;
		const calls = await telemetry.required.insightCalls({ what: "pattern", id, from, until });
		for (const call of calls) {
			const text = await textOf(call.sessionId, call.agentId, call.toolUseId);
			if (text !== null) return { text, call };
		}
		return null;
	}
}
