import type { InsightQuestion, InsightsSource } from "../protocol/insightsMessages.ts";
import { assertNever } from "../protocol/messages.ts";
import { InsightsReader } from "../telemetry/insights/insightsReader.ts";
import { learnedLines } from "../telemetry/insights/learnedLines.ts";
import { configFolders } from "../telemetry/insights/skills.ts";
import { readProposals } from "../telemetry/learning/proposalTable.ts";
import { readSequences } from "../telemetry/learning/sequenceTable.ts";
import { SnapshotFile, type SnapshotStamp } from "../telemetry/storage/file/snapshotFile.ts";
import type { TelemetryStore } from "../telemetry/storage/store.ts";
import { CliFailure } from "./command.ts";
import type { CliContext } from "./context.ts";
import { openToRead } from "./database.ts";

/** How often the file is looked at while somebody has the page open, ms. */
const LOOK_EVERY_MS = 5000;
const MAX_SEQUENCES = 50;

interface OpenStore {
	readonly stamp: SnapshotStamp;
	readonly store: TelemetryStore;
	readonly reader: InsightsReader;
}

/** Answers the page of figures from a database as it was last saved; it is in memory while one is open. */
export class SavedInsights implements InsightsSource {
	readonly #file: SnapshotFile;
	readonly #context: CliContext;
	#open: OpenStore | null = null;
	/** One after the other: what a question reads must not be exchanged for another meanwhile. */
	#work: Promise<unknown> = Promise.resolve();

	constructor(databaseFile: string, context: CliContext) {
		this.#file = new SnapshotFile(databaseFile);
		this.#context = context;
	}

	answer(question: InsightQuestion): ReturnType<InsightsSource["answer"]> {
		const answer = this.#work.then(async () => this.#answer(await this.#upToDate(), question));
		this.#work = answer.catch(() => {});
		return answer;
	}

	listen(changed: () => void): () => void {
		let seen = this.#file.stamp();
		const looking = setInterval(() => {
			const stamp = this.#file.stamp();
			if (stamp === seen) return;
			seen = stamp;
			changed();
		}, LOOK_EVERY_MS);
		return () => {
			clearInterval(looking);
			this.#work = this.#work.then(() => this.#close());
		};
	}

	async #upToDate(): Promise<OpenStore> {
		const stamp = this.#file.stamp();
		if (this.#open !== null && this.#open.stamp === stamp) return this.#open;
		this.#close();
		const bytes = stamp === null ? null : this.#file.read();
		if (stamp === null || bytes === null) {
			const advice = "agent-live-graph ingest makes one";
			throw new CliFailure(`there is no database at ${this.#file.path}: ${advice}`);
		}
		const store = await openToRead(bytes, this.#context);
		const reader = new InsightsReader(
			() => store,
			() => this.#context.now(),
			configFolders(),
		);
		this.#open = { stamp, store, reader };
		return this.#open;
	}

	#close(): void {
		this.#open?.reader.dispose();
		this.#open?.store.close();
		this.#open = null;
	}

	async #answer(
		{ store, reader }: OpenStore,
		question: InsightQuestion,
	): ReturnType<InsightsSource["answer"]> {
		switch (question.kind) {
			case "insights":
				return reader.insights(question);
			case "functions":
				return reader.functions(question);
			case "series":
				return reader.series(question, question.functionIds);
			case "function":
				return reader.function(question, question.functionId);
			case "learned": {
				const proposals = readProposals(store, this.#context.now());
				return learnedLines(proposals, readSequences(store, MAX_SEQUENCES), question.showsAll);
			}
			case "callsOf":
				return reader.callsOf(question);
			case "behind":
				return reader.behind(question);
			// They are an editor's settings.
			case "budgets":
				return [];
			// What was asked of agents is in no database, and is not told to browsers.
			case "titles":
				return [];
			case "script":
				return null;
			default:
				return assertNever(question);
		}
	}
}
