// A process like the extension host: the live graph on its thread, the telemetry in its worker.
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inProject } from "../../scripts/paths.ts";
import { EventTail } from "../../src/ingest/eventTail.ts";
import { LiveGraph } from "../../src/model/liveGraph.ts";
import type { Telemetry } from "../../src/telemetry/api.ts";
import { openTelemetry } from "../../src/telemetry/client.ts";

/** The worker as `npm run build` makes it. */
const WORKER = inProject("dist", "telemetryWorker.cjs");
/** Lines of a log appended at a time. */
const APPEND_LINES = 1000;

export interface HostParts {
	readonly telemetry: boolean;
	readonly liveGraph: boolean;
	readonly retentionDays?: number;
}

/** One window's share of the work on a log in a folder of its own. */
export class TelemetryHost {
	readonly #folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	readonly #log = path.join(this.#folder, "events.jsonl");
	#telemetry: Telemetry | null = null;
	#tail: EventTail | null = null;

	/** Appends lines to the log, as hooks would. */
	append(lines: Iterable<string>): void {
		const file = openSync(this.#log, "a");
		let batch: string[] = [];
		const write = (): void => {
			if (batch.length > 0) writeSync(file, `${batch.join("\n")}\n`);
			batch = [];
		};
		for (const line of lines) {
			batch.push(line);
			if (batch.length === APPEND_LINES) write();
		}
		write();
		closeSync(file);
	}

	open({ telemetry, liveGraph, retentionDays = 36_500 }: HostParts): void {
		if (telemetry) {
			this.#telemetry = openTelemetry({
				...{ databaseFile: path.join(this.#folder, "telemetry.db"), eventsFile: this.#log },
				...{ retentionDays, workerFile: WORKER },
			});
		}
		if (!liveGraph) return;
		const graph = new LiveGraph();
		this.#tail = new EventTail(this.#log, {
			line: (text) => graph.applyLine(text),
			problem: (problem) => graph.countProblem(problem),
			status: () => graph.takePatch(),
		});
	}

	/** Resolves when everything appended so far is in the graph and saved in the database. */
	async catchUp(): Promise<void> {
		await Promise.all([this.#telemetry?.catchUp(), this.#tail?.look()]);
	}

	/** Calls in the database, counted by its rollups. */
	async calls(): Promise<number> {
		const rows = (await this.#telemetry?.functionStats()) ?? [];
		return rows.reduce((sum, { calls_total }) => sum + calls_total, 0);
	}

	async close(): Promise<void> {
		await this.#telemetry?.dispose();
		await this.#tail?.dispose();
		rmSync(this.#folder, { recursive: true });
	}
}
