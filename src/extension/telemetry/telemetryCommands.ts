import * as vscode from "vscode";
import { formatCount } from "../../model/views/format.ts";
import { setExportHeaders } from "../export/collectorExport.ts";
import { askWhere } from "../export/saveFile.ts";
import { withPercent } from "../percentProgress.ts";
import { setReceiveToken } from "../receive/receiveHost.ts";
import { statsCsv, statsJson } from "../stats/statsExport.ts";
import type { TelemetryHost } from "./telemetryHost.ts";

/** What these commands act on. */
export interface TelemetryTargets {
	readonly telemetry: TelemetryHost;
	readonly databaseFile: string;
	readonly secrets: vscode.SecretStorage;
}

const NAMES = [
	"exportStatistics",
	"clearTelemetry",
	"rebuildTelemetry",
	"copyDatabasePath",
	"stopHistory",
	"resumeHistory",
	"setExportHeaders",
	"setReceiveToken",
] as const;

type TelemetryCommand = (typeof NAMES)[number];

/** The commands that act on the whole database. */
export function telemetryHandlers(
	targets: TelemetryTargets,
): Record<TelemetryCommand, (argument: unknown) => unknown> {
	return {
		exportStatistics: (uri) => exportStatistics(targets, uri),
		clearTelemetry: () => clearTelemetry(targets),
		rebuildTelemetry: () => rebuildTelemetry(targets),
		copyDatabasePath: () => copyDatabasePath(targets),
		stopHistory: () => targets.telemetry.required.stopHistory(),
		setExportHeaders: () => setExportHeaders(targets.secrets),
		setReceiveToken: () => setReceiveToken(targets.secrets),
		resumeHistory: () => targets.telemetry.required.resumeHistory(),
	};
}

const CSV_OR_JSON = { CSV: ["csv"], JSON: ["json"] } as const;

/** @param target where to; asks when it is no Uri. Its ending decides between CSV and JSON. */
async function exportStatistics({ telemetry }: TelemetryTargets, target: unknown): Promise<void> {
	const source = telemetry.required;
	const uri =
		target instanceof vscode.Uri
			? target
			: await askWhere("Export Statistics", "functions", CSV_OR_JSON);
	if (uri === undefined) return;
	// All of them, whatever the view filters.
	const rows = (await source.functionStats()).sort((a, b) => b.calls_total - a.calls_total);
	const text = /\.json$/i.test(uri.path) ? statsJson(rows) : statsCsv(rows);
	await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(text));
	vscode.window.setStatusBarMessage(`Exported ${formatCount(rows.length, "function")}`, 4000);
}

/** Modal: it cannot be undone for what the log no longer holds. */
async function clearTelemetry({ telemetry }: TelemetryTargets): Promise<void> {
	const source = telemetry.required;
	const choice = await vscode.window.showWarningMessage(
		"Clear all statistics of functions, calls and sessions?",
		{
			modal: true,
			detail:
				"The database is emptied. The event log and the transcripts are kept: Rebuild Telemetry " +
				"from Logs brings back what they still hold.",
		},
		"Clear",
	);
	if (choice === "Clear") await source.clear();
}

/** The old database stays in use until the new one is complete; cancelling keeps it. */
async function rebuildTelemetry({ telemetry }: TelemetryTargets): Promise<void> {
	const source = telemetry.required;
	await withPercent("Rebuilding telemetry from the logs", (report, signal) =>
		source.rebuild({ onProgress: report, signal }),
	);
}

async function copyDatabasePath({ databaseFile }: TelemetryTargets): Promise<void> {
	await vscode.env.clipboard.writeText(databaseFile);
	vscode.window.setStatusBarMessage("Copied the path of the database", 2000);
}
