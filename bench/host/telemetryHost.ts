import { applyLine } from "../../test/support/log/applyLine.ts";
// A process like the extension host: the live graph on its thread, the telemetry in its worker.

import { inProject } from "../../scripts/paths.ts";
import { EventTail } from "../../src/ingest/files/eventTail.ts";
import { PatchClock } from "../../src/live/patchClock.ts";
import { LiveGraph } from "../../src/model/graph/liveGraph.ts";
import { describeGraph } from "../../src/model/graph/told/graphDescription.ts";
import type { Telemetry } from "../../src/telemetry/api.ts";
import { openTelemetry } from "../../src/telemetry/worker/telemetryClient.ts";

/** The worker as `npm run build` makes it. */
const WORKER = inProject("dist", "telemetryWorker.cjs");
/** As the extension has them, in ms. */
const REAP_AFTER_MS = 30 * 60_000;
const FORGET_AFTER_MS = 12 * 3_600_000;

export interface HostParts {
	readonly databaseFile: string;
	readonly eventsFile: string;
	readonly hasGraph: boolean;
	readonly retentionDays?: number;
}

/** One window's share of the work on a log. */
export class TelemetryHost {
	readonly #telemetry: Telemetry;
	readonly #graph = new LiveGraph();
	readonly #patches = new PatchClock(() => this.#graph.takePatch());
	readonly #tail: EventTail | null;

	constructor({ databaseFile, eventsFile, hasGraph, retentionDays = 36_500 }: HostParts) {
		this.#telemetry = openTelemetry({
			databaseFile,
			eventsFile,
			retentionDays,
			workerFile: WORKER,
		});
		this.#tail = hasGraph ? this.#follow(eventsFile) : null;
	}

	/** Resolves when everything appended so far is in the graph and saved in the database. */
	async catchUp(): Promise<void> {
		await Promise.all([this.#telemetry.catchUp(), this.#tail?.look()]);
		const { lastEventAt } = describeGraph(this.#graph).counters;
		if (lastEventAt !== null) this.#graph.reap(lastEventAt, REAP_AFTER_MS, FORGET_AFTER_MS);
	}

	async close(): Promise<void> {
		await this.#telemetry.dispose();
		await this.#tail?.dispose();
		this.#patches.dispose();
	}

	#follow(eventsFile: string): EventTail {
		return new EventTail(eventsFile, {
			line: (text) => applyLine(this.#graph, text),
			problem: (problem) => this.#graph.countProblem(problem),
			status: () => this.#patches.request(),
		});
	}
}
