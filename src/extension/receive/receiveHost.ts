import * as vscode from "vscode";
import { readReceived } from "../../ingest/otlp/receivedFigures.ts";
import { type OpenedReceiver, openReceiver } from "../../live/openReceiver.ts";
import { formatCount } from "../../model/views/format.ts";
import { Disposable } from "../disposable.ts";
import { code, table } from "../reportMarkdown.ts";
import { formatTime } from "../stats/statsText.ts";
import { SwitchedServer } from "../stream/switchedServer.ts";

const TOKEN_KEY = "agentLiveGraph.receiveToken";

export interface ReceiveSettings {
	readonly isEnabled: boolean;
	/** `host:port`; empty for the usual one. */
	readonly bind: string;
	/** The log that is written to. */
	readonly eventsFile: string;
}

/** Of the window. */
interface ReceivingWindow {
	/** Folder of the bundles. */
	readonly dist: string;
	readonly secrets: vscode.SecretStorage;
	readonly log: vscode.LogOutputChannel;
}

/** Takes what clients send over OTLP while the setting says so. */
export class ReceiveHost extends Disposable {
	readonly #switched: SwitchedServer<ReceiveSettings, OpenedReceiver>;
	#eventsFile = "";

	constructor({ dist, secrets, log }: ReceivingWindow, settings: ReceiveSettings) {
		super();
		this.#switched = this._register(
			new SwitchedServer<ReceiveSettings, OpenedReceiver>({
				title: "Receiver",
				off: { isEnabled: false, bind: "", eventsFile: "" },
				// Whoever turned the log off wants nothing in it.
				refusal: () => (process.env.KEI_EVENTS_BYPASS === "1" ? "KEI_EVENTS_BYPASS=1 is set" : ""),
				open: async ({ bind, eventsFile }) =>
					openReceiver({
						dist,
						bind,
						eventsFile,
						token: (await secrets.get(TOKEN_KEY)) ?? "",
						note: (text) => log.warn(`Receiver: ${text}`),
						onEnd: () => void this.#switched.restart(),
					}),
				log,
			}),
		);
		this._register(
			secrets.onDidChange(({ key }) => {
				if (key === TOKEN_KEY) void this.#switched.restart();
			}),
		);
		void this.configure(settings);
	}

	/** Settles once the settings have taken effect; what went wrong is told in the report. */
	configure(settings: ReceiveSettings): Promise<void> {
		this.#eventsFile = settings.eventsFile;
		return this.#switched.configure(settings);
	}

	/** `http://` and what is listened on; null while nothing is. */
	get origin(): string | null {
		return this.#switched.server?.origin ?? null;
	}

	/** A section of Show Status. It never holds the token. */
	report(): string {
		const { server, problem } = this.#switched;
		const off = problem === "" ? "Off." : `Not listening: ${code(problem)}`;
		const state = server === null ? off : `Listening on ${code(server.origin)}.`;
		return ["## Received over OTLP\n", `${state}\n`, ...this.#figures()].join("\n");
	}

	#figures(): string[] {
		const figures = readReceived(this.#eventsFile);
		if (figures === null) return [];
		const { requests, records, lines, lastAt, refused, unknown } = figures;
		const notUnderstood = Object.entries(unknown).map(([name, count]) => [code(name), count]);
		const rows = [
			["requests", requests],
			["records", records],
			["lines of the log", lines],
			["last", lastAt === 0 ? "nothing yet" : formatTime(lastAt)],
			...Object.entries(refused).map(([status, count]) => [`refused with ${status}`, count]),
		];
		return [
			table(["", ""], rows),
			...(notUnderstood.length === 0 ? [] : [table(["not understood", "count"], notUnderstood)]),
		];
	}
}

/** Asks for the token that clients have to send, and keeps it where the editor keeps secrets. */
export async function setReceiveToken(secrets: vscode.SecretStorage): Promise<void> {
	const isSet = (await secrets.get(TOKEN_KEY)) !== undefined;
	const token = await vscode.window.showInputBox({
		title: "Token of the OpenTelemetry Receiver",
		prompt: `What clients have to send as Authorization: Bearer.${isSet ? " Empty removes the one that is set." : ""}`,
		password: true,
		ignoreFocusOut: true,
		validateInput: (value) =>
			/^[!-~]{0,512}$/.test(value)
				? null
				: `Letters, digits and signs, without spaces, up to ${formatCount(512, "character")}`,
	});
	if (token === undefined) return;
	if (token === "") await secrets.delete(TOKEN_KEY);
	else await secrets.store(TOKEN_KEY, token);
	const done = token === "" ? "Removed the token of the receiver" : "Stored the token as a secret";
	vscode.window.setStatusBarMessage(done, 4000);
}
