import * as vscode from "vscode";
import type { TelemetryTrouble } from "../../telemetry/figures.ts";
import { Disposable } from "../disposable.ts";
import { commands } from "../ids.ts";
import type { TelemetryHost } from "./telemetryHost.ts";

/** Tells the user once what keeps the telemetry from being saved; the log hears of each change. */
export class TroubleReporter extends Disposable {
	/** Reasons; a message names sizes and times that differ each time. */
	readonly #told = new Set<string>();
	readonly #log: vscode.LogOutputChannel;
	#last = "";

	constructor(host: TelemetryHost, log: vscode.LogOutputChannel) {
		super();
		this.#log = log;
		this._register(host.onDidChange(({ trouble }) => this.#changed(trouble)));
		// What was told before somebody listened.
		this.#changed(host.trouble);
	}

	#changed(trouble: TelemetryTrouble | null): void {
		const message = trouble?.message ?? "";
		if (message === this.#last) return;
		this.#last = message;
		if (trouble === null) {
			this.#log.info("The trouble with the telemetry is over.");
			return;
		}
		this.#log.warn(`Telemetry: ${message} (${trouble.reason})`);
		if (this.#told.has(trouble.reason)) return;
		this.#told.add(trouble.reason);
		void tell(message);
	}
}

async function tell(message: string): Promise<void> {
	const choice = await vscode.window.showWarningMessage(
		`Agent Live Graph: ${message} The live graph goes on.`,
		"Show Status",
	);
	if (choice !== undefined) await vscode.commands.executeCommand(commands.showStatus);
}
