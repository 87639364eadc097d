import * as vscode from "vscode";
import { type CheckEnd, runCheck } from "../../apps/runCheck.ts";
import { Disposable } from "../disposable.ts";
import type { ListedCheck } from "./appsFeed.ts";

/** The terminal of a check's task: shows what it writes, and ends it when it is closed. */
class CheckTerminal extends Disposable implements vscode.Pseudoterminal {
	readonly #onDidWrite = this._register(new vscode.EventEmitter<string>());
	readonly onDidWrite = this.#onDidWrite.event;
	readonly #onDidClose = this._register(new vscode.EventEmitter<number>());
	readonly onDidClose = this.#onDidClose.event;
	readonly #listed: ListedCheck;
	readonly #cancellation: AbortController;
	readonly #onEnd: (end: CheckEnd) => void;

	constructor(listed: ListedCheck, cancellation: AbortController, onEnd: (end: CheckEnd) => void) {
		super();
		this.#listed = listed;
		this.#cancellation = cancellation;
		this.#onEnd = onEnd;
	}

	open(): void {
		void this.#run();
	}

	close(): void {
		this.#cancellation.abort();
	}

	async #run(): Promise<void> {
		const { file, check } = this.#listed;
		// A terminal goes to the start of the line only when told to.
		const write = (text: string): void => this.#onDidWrite.fire(text.replace(/\r?\n/g, "\r\n"));
		write(`$ ${check.cmd.trimEnd()}\n`);
		const end = await runCheck(check, {
			cwd: vscode.Uri.joinPath(file.uri, "..").fsPath,
			env: process.env,
			signal: this.#cancellation.signal,
			onOutput: write,
		});
		write(end.outcome === "passed" ? "\nPassed.\n" : `\n${end.reason}\n`);
		this.#onEnd(end);
		this.#onDidClose.fire(end.outcome === "passed" ? 0 : 1);
	}
}

/**
 * Runs a check as a task of the workspace.
 *
 * @throws what VS Code says when it does not start the task
 */
export async function runAsTask(listed: ListedCheck, signal: AbortSignal): Promise<CheckEnd> {
	const { app, check, file } = listed;
	const cancellation = new AbortController();
	const cancel = (): void => cancellation.abort();
	signal.addEventListener("abort", cancel, { once: true });
	if (signal.aborted) cancel();
	let listener: vscode.Disposable | null = null;
	try {
		return await new Promise<CheckEnd>((resolve, reject) => {
			const task = new vscode.Task(
				{ type: "agentLiveGraph.check", app: app.name, check: check.id },
				vscode.workspace.getWorkspaceFolder(file.uri) ?? vscode.TaskScope.Workspace,
				`${app.name}: ${check.id}`,
				"Agent Live Graph",
				new vscode.CustomExecution(async () => new CheckTerminal(listed, cancellation, resolve)),
			);
			task.presentationOptions = {
				reveal: vscode.TaskRevealKind.Silent,
				panel: vscode.TaskPanelKind.Shared,
				showReuseMessage: false,
				focus: false,
			};
			// A task that was ended before its terminal opened has no other end than this.
			listener = vscode.tasks.onDidEndTask(({ execution }) => {
				if (execution.task.name !== task.name || execution.task.source !== task.source) return;
				resolve({ outcome: "cancelled", reason: "Cancelled.", durationMs: 0 });
			});
			vscode.tasks.executeTask(task).then(undefined, reject);
		});
	} finally {
		signal.removeEventListener("abort", cancel);
		(listener as vscode.Disposable | null)?.dispose();
	}
}
