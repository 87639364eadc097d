import type { FollowerStatus } from "../../../src/ingest/transcripts/transcriptFollower.ts";
import type { Telemetry } from "../../../src/telemetry/api.ts";
import type {
	FunctionStats,
	TelemetryChange,
	TelemetryRole,
	TelemetryTrouble,
} from "../../../src/telemetry/figures.ts";
import { TelemetryError } from "../../../src/telemetry/telemetryError.ts";

/** An empty telemetry that changes when it is told to. */
export class FakeTelemetry implements Telemetry {
	role: TelemetryRole = "writer";
	trouble: TelemetryTrouble | null = null;
	/** How often it was told to read no more history. */
	historyStops = 0;
	readonly #listeners = new Set<(change: TelemetryChange) => void>();
	readonly #onDispose: () => void;

	constructor(onDispose: () => void) {
		this.#onDispose = onDispose;
	}

	change(trouble: TelemetryTrouble | null): void {
		this.trouble = trouble;
		for (const listener of this.#listeners) {
			listener({ functionIds: [], role: this.role, trouble });
		}
	}

	/** As when its follower of transcripts tells how far it is. */
	tellTranscripts(status: Partial<FollowerStatus>): void {
		const whole: FollowerStatus = {
			files: 0,
			bytesDone: 0,
			bytesTotal: 0,
			unreadable: 0,
			isReadingHistory: false,
			isHistoryStopped: false,
			isWatching: true,
			...status,
		};
		for (const listener of this.#listeners) {
			listener({ functionIds: [], role: this.role, trouble: null, transcripts: whole });
		}
	}

	/** As when its thread ends by itself. */
	end(trouble: TelemetryTrouble): void {
		this.role = "closed";
		this.change(trouble);
	}

	onDidChange(listener: (change: TelemetryChange) => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	async exportTo(): Promise<void> {}

	async exportProgress(): Promise<null> {
		return null;
	}

	async stopHistory(): Promise<void> {
		this.historyStops++;
	}

	async functionStats(): Promise<FunctionStats[]> {
		return [];
	}

	usualTimes = () => Promise.resolve({ silences: [], durations: [] });
	readAhead = refuse;
	insights = refuse;
	insightFunctions = refuse;
	budgets: Telemetry["budgets"] = refuse;
	insightSeries = refuse;
	insightFunction = refuse;
	insightCallsOf = refuse;
	insightCalls = refuse;
	functionDetail = refuse;
	facts = refuse;
	detectSequences = refuse;
	sequences = refuse;
	sequenceDetail = refuse;
	proposals = refuse;
	sessions = refuse;
	sessionPage = refuse;
	decideProposal = refuse;
	recordE2e = refuse;
	e2eResults = refuse;
	lastMaintenance = refuse;
	recordMaintenance = refuse;
	resumeHistory = refuse;
	catchUp = refuse;
	clear = refuse;
	rebuild = refuse;
	snapshot = refuse;

	async dispose(): Promise<void> {
		this.#onDispose();
	}
}

async function refuse(): Promise<never> {
	throw new TelemetryError("failed", "It holds nothing.");
}
