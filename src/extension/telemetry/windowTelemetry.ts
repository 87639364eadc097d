import * as vscode from "vscode";
import type { TelemetryOptions } from "../../telemetry/api.ts";
import { openTelemetry } from "../../telemetry/worker/telemetryClient.ts";
import type { Settings } from "../settings.ts";
import { noTelemetry, telemetryReport } from "../status/telemetryReport.ts";
import { TelemetryHost } from "./telemetryHost.ts";

/** Functions that Show Status lists. */
const TOP = 20;

/** Where the database lies: in the extension's own folder, which all windows share. */
export function databaseFile({ globalStorageUri }: vscode.ExtensionContext): string {
	return vscode.Uri.joinPath(globalStorageUri, "telemetry.db").fsPath;
}

export function createTelemetry({ extensionUri }: vscode.ExtensionContext): TelemetryHost {
	const workerFile = vscode.Uri.joinPath(extensionUri, "dist", "telemetryWorker.cjs").fsPath;
	return new TelemetryHost((options) => openTelemetry({ ...options, workerFile }));
}

/** @returns null when the user turned it off */
export function telemetryOptions(
	context: vscode.ExtensionContext,
	{ telemetry, eventsFile, transcriptFolders, readsHistory }: Settings,
): TelemetryOptions | null {
	if (!telemetry.isEnabled) return null;
	const { retentionDays, rules, registry } = telemetry;
	return {
		databaseFile: databaseFile(context),
		eventsFile,
		retentionDays,
		transcriptFolders,
		readsHistory,
		rules,
		registry,
	};
}

/** The section of Show Status about the database; says why when there is none. */
export async function reportTelemetry(telemetry: TelemetryHost): Promise<string> {
	try {
		return telemetryReport(await telemetry.required.facts(TOP), Date.now());
	} catch (error) {
		return noTelemetry(error instanceof Error ? error.message : String(error));
	}
}
