import * as vscode from "vscode";
import { Disposable } from "../disposable.ts";
import { commands } from "../ids.ts";
import type { TelemetryHost } from "./telemetryHost.ts";

/** Tells the user once what keeps the telemetry from being saved; the log hears of each change. */
export class TroubleReporter extends Disposable {
	/** Reasons; a message names sizes and times that differ each time. */
	readonly #told = new Set<string>();
	#last = "";

	constructor(host: TelemetryHost, log: vscode.LogOutputChannel) {
		super();
		this._register(
			host.onDidChange(({ trouble }) => {
				const message = trouble?.message ?? "";
				if (message === this.#last) return;
				this.#last = message;
				if (trouble === null) {
					log.info("The trouble with the telemetry is over.");
					return;
				}
				log.warn(`Telemetry: ${message} (${trouble.reason})`);
				if (this.#told.has(trouble.reason)) return;
				this.#told.add(trouble.reason);
				void tell(message);
			}),
		);
	}
}

async function tell(message: string): Promise<void> {
	const choice = await vscode.window.showWarningMessage(
		`Agent Live Graph: ${message} The live graph goes on.`,
		"Show Status",
	);
	if (choice !== undefined) await vscode.commands.executeCommand(commands.showStatus);
}
