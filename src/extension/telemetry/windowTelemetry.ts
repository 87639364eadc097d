import * as vscode from "vscode";
import type { TelemetryOptions } from "../../telemetry/api.ts";
import { openTelemetry } from "../../telemetry/worker/telemetryClient.ts";
import { CollectorExport } from "../export/collectorExport.ts";
import type { Settings } from "../settings.ts";
import { TelemetryHost } from "./telemetryHost.ts";

/** Where the database lies: in the extension's own folder, which all windows share. */
export function databaseFile({ globalStorageUri }: vscode.ExtensionContext): string {
	return vscode.Uri.joinPath(globalStorageUri, "telemetry.db").fsPath;
}

export function createTelemetry(context: vscode.ExtensionContext): TelemetryHost {
	const worker = vscode.Uri.joinPath(context.extensionUri, "dist", "telemetryWorker.cjs");
	const host = new TelemetryHost((options) =>
		openTelemetry({ ...options, workerFile: worker.fsPath }),
	);
	context.subscriptions.push(new CollectorExport(host, context));
	return host;
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
