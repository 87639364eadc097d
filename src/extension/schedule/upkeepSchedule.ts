import type * as vscode from "vscode";
import { type MaintenanceTasks, runMaintenance } from "../../schedule/maintenance.ts";
import { ScheduledRun } from "../../schedule/scheduledRun.ts";
import type { Thresholds } from "../../sequences/proposals/thresholds.ts";
import { TelemetryError } from "../../telemetry/telemetryError.ts";
import { searchSequences, takeSnapshot } from "../../telemetry/worker/upkeepTasks.ts";
import { Disposable } from "../disposable.ts";
import { snapshotRequest } from "../functions/snapshotRequest.ts";
import type { Settings } from "../settings.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";

/** Upkeep by the schedule, in the window that writes the database. */
export class UpkeepSchedule extends Disposable {
	readonly #scheduled: ScheduledRun;
	readonly #cancellation = new AbortController();

	/** @param wishes the hours between are whole, 1 to 24; null for never */
	constructor(
		telemetry: TelemetryHost,
		log: vscode.LogOutputChannel,
		wishes: () => Pick<Settings, "upkeepEveryHours" | "thresholds">,
	) {
		super();
		const { signal } = this.#cancellation;
		this.#scheduled = new ScheduledRun({
			now: Date.now,
			intervalHours: () => wishes().upkeepEveryHours,
			isWriter: () => telemetry.role === "writer",
			lastRun: () => telemetry.required.lastMaintenance(),
			record: (at) => telemetry.required.recordMaintenance(at),
			run: async () => {
				const done = await runMaintenance(tasksOf(telemetry, wishes().thresholds), signal);
				log.info(`Upkeep by the schedule: ${done.join("; ")}`);
			},
			isOthers: (error) =>
				error instanceof TelemetryError &&
				["not_writer", "closed", "cancelled"].includes(error.reason),
			onFailed: (error) => log.warn(`Upkeep by the schedule failed: ${error}`),
		});
		this._register({ dispose: () => this.#cancellation.abort() });
	}

	/** Does what is due; never rejects. */
	look(): Promise<void> {
		return this.#scheduled.look();
	}
}

/** What the editor keeps up: reading logs and transcripts happens there by itself. */
function tasksOf(telemetry: TelemetryHost, thresholds: Thresholds): MaintenanceTasks {
	const request = snapshotRequest();
	return {
		...(request === null
			? {}
			: { snapshot: (signal) => takeSnapshot(telemetry.required, request, signal) }),
		sequences: (signal) => searchSequences(telemetry.required, signal, thresholds),
	};
}
