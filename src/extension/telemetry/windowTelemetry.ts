import * as vscode from "vscode";
import type { TelemetryOptions } from "../../telemetry/api.ts";
import { openTelemetry } from "../../telemetry/worker/telemetryClient.ts";
import type { Settings } from "../settings.ts";
import { TelemetryHost } from "./telemetryHost.ts";

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
