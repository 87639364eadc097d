import * as vscode from "vscode";
import { formatCount, formatDuration } from "../../model/views/format.ts";
import type { TelemetryError } from "../../telemetry/telemetryError.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";
import { requireTrust } from "../trust.ts";
import type { AppsFeed, ListedCheck } from "./appsFeed.ts";
import type { CheckRow } from "./checksTree.ts";
import { runAsTask } from "./checkTerminal.ts";

/** What these commands act on. */
export interface AppTargets {
	readonly apps: AppsFeed;
	readonly telemetry: TelemetryHost;
}

/** What the commands of the view "E2E Checks" do. */
export const appActions = {
	chooseAndRun,
	runRow: (targets: AppTargets, row: unknown) => runRow(targets, row as CheckRow | undefined),
	openRow: (row: unknown) => openRow(row as CheckRow | undefined),
	runChecks,
};

/** How many ended how. */
interface ChecksRun {
	readonly passed: number;
	readonly failed: number;
	readonly cancelled: number;
	/** Why what they found is not in the database; null when it is. */
	readonly notRecorded: string | null;
}

/**
 * Runs checks one after the other and records each as it ends.
 *
 * @throws Error in a workspace that is not trusted
 */
async function runChecks(
	{ apps, telemetry }: AppTargets,
	checks: readonly ListedCheck[],
	onNext: (check: ListedCheck) => void,
	signal: AbortSignal,
): Promise<ChecksRun> {
	requireTrust();
	const counts = { passed: 0, failed: 0, cancelled: 0 };
	let notRecorded: string | null = null;
	for (const listed of checks) {
		if (signal.aborted) {
			counts.cancelled++;
			continue;
		}
		onNext(listed);
		const ts = Date.now();
		apps.began(listed);
		const { outcome, reason, durationMs } = await runAsTask(listed, signal).catch((error) => ({
			outcome: "failed" as const,
			reason: String(error),
			durationMs: 0,
		}));
		counts[outcome]++;
		if (outcome === "cancelled") {
			apps.ended(listed, null);
			continue;
		}
		const { app, check } = listed;
		const run = {
			ts,
			appId: app.name,
			checkId: check.id,
			passed: outcome === "passed",
			durationMs,
		};
		apps.ended(listed, { ...run, reason });
		const { functionIds } = app;
		notRecorded = (await record(telemetry, { ...run, functionIds })) ?? notRecorded;
	}
	return { ...counts, notRecorded };
}

/** @returns why it could not be recorded; null when it was */
async function record(
	telemetry: TelemetryHost,
	run: Parameters<TelemetryHost["required"]["recordE2e"]>[0][number],
): Promise<string | null> {
	try {
		await telemetry.required.recordE2e([run]);
		return null;
	} catch (error) {
		// By its reason: this bundle's class of the error is not that of the one that threw it.
		const { reason, message } = error as Partial<TelemetryError>;
		if (reason === undefined) throw error;
		return reason === "not_writer"
			? "Another window writes the statistics: what the checks found is shown, but not recorded."
			: `What the checks found is not recorded: ${message}`;
	}
}

async function chooseAndRun(targets: AppTargets): Promise<void> {
	if (!(await isTrusted())) return;
	await targets.apps.load();
	const { checks } = targets.apps;
	if (checks.length === 0) {
		void vscode.window.showInformationMessage(
			"No app.md of this workspace names a check. See the view E2E Checks for what is wrong in one.",
		);
		return;
	}
	const items = checks.map((listed) => ({
		label: `${listed.app.name}: ${listed.check.id}`,
		description: vscode.workspace.asRelativePath(listed.file.uri),
		detail: listed.check.cmd.trim().split("\n").join(" ⏎ "),
		picked: true,
		listed,
	}));
	const chosen = await vscode.window.showQuickPick(items, {
		title: "Run E2E Checks",
		placeHolder: "Commands of this workspace that are run on this machine",
		canPickMany: true,
		matchOnDetail: true,
	});
	if (chosen === undefined || chosen.length === 0) return;
	await askAndRun(
		targets,
		chosen.map(({ listed }) => listed),
	);
}

async function runRow(targets: AppTargets, row: CheckRow | undefined): Promise<void> {
	if (row === undefined || !(await isTrusted())) return;
	const { checks } = targets.apps;
	const chosen = checks.filter(({ file, check }) =>
		row.type === "app"
			? file.uri.path === row.file.uri.path
			: file.uri.path === row.listed.file.uri.path && check.id === row.listed.check.id,
	);
	if (chosen.length > 0) await askAndRun(targets, chosen);
}

/** Modal, with the commands themselves: they come from files that others may have written. */
async function askAndRun(targets: AppTargets, checks: readonly ListedCheck[]): Promise<void> {
	const choice = await vscode.window.showWarningMessage(
		`Run ${formatCount(checks.length, "command")} of this workspace?`,
		{ modal: true, detail: checks.map(({ check }) => `$ ${check.cmd.trim()}`).join("\n") },
		"Run",
	);
	if (choice === "Run") await runWithProgress(targets, checks);
}

async function runWithProgress(targets: AppTargets, checks: readonly ListedCheck[]): Promise<void> {
	const location = vscode.ProgressLocation.Notification;
	const startedAt = performance.now();
	const ran = await vscode.window.withProgress(
		{ location, title: "E2E checks", cancellable: true },
		async (progress, token) => {
			const abort = new AbortController();
			const listener = token.onCancellationRequested(() => abort.abort());
			let count = 0;
			const next = ({ app, check }: ListedCheck): void => {
				const increment = count === 0 ? 0 : 100 / checks.length;
				count++;
				const message = `${count} of ${checks.length}: ${app.name}, ${check.id}`;
				progress.report({ increment, message });
			};
			try {
				return await runChecks(targets, checks, next, abort.signal);
			} finally {
				listener.dispose();
			}
		},
	);
	const took = formatDuration(performance.now() - startedAt);
	const cut = ran.cancelled > 0 ? `, ${ran.cancelled} cancelled` : "";
	const text = `E2E checks: ${ran.passed} passed, ${ran.failed} failed${cut} in ${took}.`;
	if (ran.notRecorded !== null) void vscode.window.showWarningMessage(`${text} ${ran.notRecorded}`);
	else if (ran.failed > 0) void vscode.window.showWarningMessage(text);
	else void vscode.window.showInformationMessage(text);
}

async function isTrusted(): Promise<boolean> {
	if (vscode.workspace.isTrusted) return true;
	const choice = await vscode.window.showWarningMessage(
		"E2E checks are commands of the workspace. They are run only in one that you trust.",
		"Manage Trust",
	);
	if (choice !== undefined) await vscode.commands.executeCommand("workbench.trust.manage");
	return false;
}

async function openRow(row: CheckRow | undefined): Promise<void> {
	if (row === undefined) return;
	const { uri, content } = row.type === "app" ? row.file : row.listed.file;
	const line = row.type === "check" ? row.listed.check.line : "line" in content ? content.line : 1;
	const position = new vscode.Position(line - 1, 0);
	const selection = new vscode.Range(position, position);
	await vscode.window.showTextDocument(uri, { selection, preview: true });
}
