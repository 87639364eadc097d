import { formatCount, formatDuration } from "../../model/views/format.ts";
import { type MaintenanceTasks, runMaintenance } from "../../schedule/maintenance.ts";
import type { Thresholds } from "../../sequences/proposals/thresholds.ts";
import type { Telemetry } from "../../telemetry/api.ts";
import { TelemetryError } from "../../telemetry/telemetryError.ts";
import { openTelemetry } from "../../telemetry/worker/telemetryClient.ts";
import { searchSequences, takeSnapshot } from "../../telemetry/worker/upkeepTasks.ts";
import {
	CliFailure,
	type Command,
	databaseOption,
	eventsFileOption,
	type OptionValues,
	transcriptsOptions,
	UsageError,
} from "../command.ts";
import type { CliContext } from "../context.ts";
import { workerFileOf } from "../database.ts";
import { databaseFileOf, eventsFileOf, givenPath, transcriptFoldersOf } from "../paths.ts";
import { thresholdOptions, thresholdsFrom } from "../thresholdOptions.ts";
import { exportSettingsOf } from "./export/exportToCollector.ts";
import { collectorOptions } from "./exportCommand.ts";
import { knownRole } from "./ingestCommand.ts";

const UNITS = { s: 1000, m: 60_000, h: 3_600_000 } as const;
const DAY_MS = 24 * UNITS.h;

export const daemonCommand: Command = {
	name: "daemon",
	summary: "Keeps the database up to date until it is told to end",
	options: {
		interval: { type: "string", value: "TIME", help: "between rounds, as 30s, 5m or 6h; 5m" },
		once: { type: "boolean", value: "", help: "do one round and end" },
		"events-file": eventsFileOption,
		...transcriptsOptions,
		workspace: {
			type: "string",
			value: "DIR",
			help: "folder whose files in git are indexed; otherwise the working folder",
		},
		...thresholdOptions,
		db: databaseOption,
		export: {
			type: "boolean",
			value: "",
			help: "send what is recorded to an OpenTelemetry collector as well, see export",
		},
		...collectorOptions,
	},

	async run(values, context) {
		const intervalMs = intervalOf(values.interval);
		checkExport(values);
		const thresholds = thresholdsFrom(values);
		const databaseFile = databaseFileOf(values, context);
		const transcriptFolders = transcriptFoldersOf(values, context, true);
		const workspace = givenPath(values, "workspace", context) ?? context.cwd;
		const end = new AbortController();
		void context.interrupted().then(() => end.abort());
		const telemetry = openTelemetry({
			databaseFile,
			eventsFile: eventsFileOf(values, context),
			workerFile: workerFileOf(context),
			transcriptFolders,
			// Only the editor knows how long the user wants rows kept.
			retentionDays: Number.POSITIVE_INFINITY,
		});
		try {
			await becomeWriter(telemetry, databaseFile);
			await round(telemetry, { workspace, thresholds }, context, end.signal);
			// What there is by now is the first that is sent.
			if (values.export === true) await telemetry.exportTo(exportSettingsOf(values));
			while (!values.once && (await pause(intervalMs, end.signal))) {
				await round(telemetry, { workspace, thresholds }, context, end.signal);
			}
		} catch (error) {
			if (!isCancelled(error)) throw error;
		} finally {
			await telemetry.dispose();
		}
	},
};

/** @throws CliFailure for another process's database: two would do the same work in turns */
async function becomeWriter(telemetry: Telemetry, databaseFile: string): Promise<void> {
	const role = await knownRole(telemetry);
	if (telemetry.trouble !== null) throw new CliFailure(telemetry.trouble.message);
	if (role === "writer") return;
	throw new CliFailure(`another process keeps ${databaseFile} up to date already`);
}

/** @throws UsageError for an address without the switch that turns it on */
function checkExport({ export: isOn, endpoint, once }: OptionValues): void {
	if (!isOn && endpoint !== undefined) throw new UsageError("--endpoint needs --export");
	if (isOn && once) throw new UsageError("--export goes on; after --once there is `export`");
}

/** Prints one line: when it began, what it did and how long it took. */
async function round(
	telemetry: Telemetry,
	wishes: Wishes,
	context: CliContext,
	signal: AbortSignal,
): Promise<void> {
	const [at, startedAt] = [new Date(context.now()).toISOString(), performance.now()];
	const done = await runMaintenance(tasksOf(telemetry, wishes), signal);
	if (telemetry.trouble !== null) throw new CliFailure(telemetry.trouble.message);
	if (!signal.aborted) await telemetry.recordMaintenance(context.now());
	const took = formatDuration(performance.now() - startedAt);
	context.print(`${at} ${done.join("; ")}; took ${took}${signal.aborted ? ", cut short" : ""}`);
}

interface Wishes {
	/** Folder whose functions are indexed. */
	readonly workspace: string;
	readonly thresholds: Thresholds;
}

function tasksOf(telemetry: Telemetry, { workspace, thresholds }: Wishes): MaintenanceTasks {
	return {
		ingest: async () => {
			await telemetry.catchUp();
			const { rows } = await telemetry.facts(0);
			return formatCount(rows.find(({ table }) => table === "calls")?.rows ?? 0, "call");
		},
		snapshot: (signal) =>
			takeSnapshot(telemetry, { registryFile: "", folders: [workspace] }, signal),
		sequences: (signal) => searchSequences(telemetry, signal, thresholds),
	};
}

/** @returns false when it was ended before the time was over */
function pause(ms: number, signal: AbortSignal): Promise<boolean> {
	if (signal.aborted) return Promise.resolve(false);
	return new Promise((resolve) => {
		const stop = (): void => {
			clearTimeout(timer);
			resolve(false);
		};
		const timer = setTimeout(() => {
			signal.removeEventListener("abort", stop);
			resolve(true);
		}, ms);
		signal.addEventListener("abort", stop, { once: true });
	});
}

function intervalOf(value: string | boolean | undefined): number {
	const text = typeof value === "string" ? value : "5m";
	const [, count = "", unit = "s"] = /^(\d{1,5})([smh])$/.exec(text) ?? [];
	const ms = Number(count) * UNITS[unit as keyof typeof UNITS];
	if (ms > 0 && ms <= DAY_MS) return ms;
	throw new UsageError(`--interval needs a time from 1s to 24h, not ${JSON.stringify(text)}`);
}

function isCancelled(error: unknown): boolean {
	return error instanceof TelemetryError && error.reason === "cancelled";
}
