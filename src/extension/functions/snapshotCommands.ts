import * as vscode from "vscode";
import { formatCount } from "../../model/views/format.ts";
import { skippedText } from "../../telemetry/functions/snapshotText.ts";
import { DOCUMENT_SCHEME } from "../ids.ts";
import { withPercent } from "../percentProgress.ts";
import type { StatsRow } from "../stats/functionStatsTree.ts";
import { formatTime } from "../stats/statsText.ts";
import type { Documents } from "../status/documents.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import { requireTrust } from "../trust.ts";
import { snapshotRequest } from "./snapshotRequest.ts";
import { linesOf, type Version, versionText } from "./versionText.ts";

export interface SnapshotTargets {
	readonly telemetry: TelemetryHost;
	readonly documents: Documents;
}

type SnapshotCommand = "snapshotFunctions" | "compareVersions";

export function snapshotHandlers(
	targets: SnapshotTargets,
): Record<SnapshotCommand, (row: unknown) => unknown> {
	return {
		snapshotFunctions: () => snapshotFunctions(targets),
		compareVersions: (row) => compareVersions(targets, row as StatsRow | undefined),
	};
}

/** What is done when it is cancelled stays, and is not done again. */
async function snapshotFunctions({ telemetry }: SnapshotTargets): Promise<void> {
	requireTrust();
	const source = telemetry.required;
	const request = snapshotRequest();
	if (request === null) throw new Error("no folder is open");
	await withPercent("Recording the versions of functions", async (report, signal) => {
		const result = await source.snapshot(request, { onProgress: report, signal });
		const { functions, newVersions, copies } = result;
		const added = `${formatCount(newVersions, "new version")}, ${copies} new copies`;
		const parts = [`${formatCount(functions, "function")}: ${added}`, skippedText(result)];
		vscode.window.setStatusBarMessage(parts.filter(Boolean).join("; "), 8000);
	});
}

/** Shows how a function differs between the last two of its versions that git has. */
async function compareVersions(
	{ telemetry, documents }: SnapshotTargets,
	row: StatsRow | undefined,
) {
	if (row?.type !== "function") return;
	requireTrust();
	const functionId = row.id;
	const { versions } = await telemetry.required.functionDetail(functionId);
	const shown: { version: Version; text: string }[] = [];
	for (const version of versions) {
		if (shown.some((other) => other.version.versionHash === version.versionHash)) continue;
		const text = await versionText(version);
		if (text !== null) shown.push({ version, text: linesOf(text, version.lines) });
		if (shown.length === 2) break;
	}
	const [newer, older] = shown;
	if (newer === undefined || older === undefined) {
		void vscode.window.showInformationMessage("git does not have two versions of this function.");
		return;
	}
	const [left, right] = [older, newer].map(({ version, text }) => {
		const title = `${functionId.replaceAll("/", "∕")} ${version.versionHash.slice(0, 8)}`;
		documents.add(title, () => text);
		return vscode.Uri.from({ scheme: DOCUMENT_SCHEME, path: `/${title}.md` });
	});
	const times = [older, newer].map(({ version }) => formatTime(version.ts)).join(" ↔ ");
	await vscode.commands.executeCommand("vscode.diff", left, right, `${functionId}: ${times}`);
}
