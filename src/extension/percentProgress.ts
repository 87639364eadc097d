import * as vscode from "vscode";

/**
 * Runs a task of the telemetry under a notification with its progress; cancelling is no error.
 *
 * @param task told the share that is done, 0 to 1
 */
export function withPercent(
	title: string,
	task: (report: (share: number) => void, signal: AbortSignal) => Promise<void>,
): Thenable<void> {
	const location = vscode.ProgressLocation.Notification;
	return vscode.window.withProgress(
		{ location, title, cancellable: true },
		async (progress, token) => {
			const abort = new AbortController();
			const listener = token.onCancellationRequested(() => abort.abort());
			let shown = 0;
			const report = (share: number): void => {
				const percent = Math.floor(share * 100);
				progress.report({ increment: percent - shown, message: `${percent} %` });
				shown = percent;
			};
			try {
				await task(report, abort.signal);
			} catch (error) {
				// It may come from another bundle, where the class is another one.
				if ((error as { reason?: unknown }).reason !== "cancelled") throw error;
			} finally {
				listener.dispose();
			}
		},
	);
}
