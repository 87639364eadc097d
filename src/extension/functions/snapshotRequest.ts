import * as vscode from "vscode";
import type { SnapshotRequest } from "../../telemetry/functions/snapshotResult.ts";
import { readSettings } from "../settings.ts";

/**
 * What a snapshot is taken of in this window: the registry, else its own folders. null where there
 * is neither, or the workspace is not trusted: git runs in the folders, and does what their own
 * settings say.
 */
export function snapshotRequest(): SnapshotRequest | null {
	if (!vscode.workspace.isTrusted) return null;
	const { registry } = readSettings().telemetry;
	const local = (vscode.workspace.workspaceFolders ?? []).filter(
		({ uri }) => uri.scheme === "file",
	);
	if (registry === "" && local.length === 0) return null;
	return { registryFile: registry, folders: local.map(({ uri }) => uri.fsPath) };
}
