import * as vscode from "vscode";
import type { TelemetryChange } from "../../telemetry/figures.ts";
import { Disposable } from "../disposable.ts";
import type { TelemetryHost } from "./telemetryHost.ts";

/** Shows in the status bar how far the reading of old transcripts is, as long as it lasts. */
export class HistoryProgress extends Disposable {
	/** Ends the progress that is shown. */
	#end: (() => void) | null = null;
	#report: ((message: string) => void) | null = null;

	constructor(telemetry: TelemetryHost) {
		super();
		this._register(telemetry.onDidChange((change) => this.#changed(change)));
		this._register(new vscode.Disposable(() => this.#stop()));
	}

	#changed({ transcripts }: TelemetryChange): void {
		if (!transcripts?.isReadingHistory) {
			this.#stop();
			return;
		}
		if (this.#end === null) this.#start();
		const { bytesDone, bytesTotal, isDeriving = false, bytesDerived = 0 } = transcripts;
		const share = (isDeriving ? bytesDerived : bytesDone) / Math.max(1, bytesTotal);
		this.#report?.(
			`${isDeriving ? "names, tests and patterns, " : ""}${Math.floor(100 * share)} %`,
		);
	}

	#start(): void {
		const ended = new Promise<void>((resolve) => {
			this.#end = resolve;
		});
		void vscode.window.withProgress(
			{ location: vscode.ProgressLocation.Window, title: "Reading transcripts" },
			(progress) => {
				this.#report = (message) => progress.report({ message });
				return ended;
			},
		);
	}

	#stop(): void {
		this.#end?.();
		this.#end = null;
		this.#report = null;
	}
}
