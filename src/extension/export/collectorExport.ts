import * as vscode from "vscode";
import { formatCount } from "../../model/views/format.ts";
import type { Telemetry } from "../../telemetry/api.ts";
import { type ExportSettings, notTakenText } from "../../telemetry/worker/exporter.ts";
import { Disposable } from "../disposable.ts";
import { SETTINGS_SECTION, settings } from "../ids.ts";
import { code, table } from "../reportMarkdown.ts";
import { formatTime } from "../stats/statsText.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";

const HEADERS_KEY = "agentLiveGraph.exportHeaders";

/** Has what is recorded sent to an OpenTelemetry collector, where the settings name one. */
export class CollectorExport extends Disposable {
	readonly #telemetry: TelemetryHost;
	readonly #context: vscode.ExtensionContext;
	/** Which telemetry was told what last. */
	#told: { readonly by: Telemetry; readonly settings: string } | null = null;

	constructor(telemetry: TelemetryHost, context: vscode.ExtensionContext) {
		super();
		this.#telemetry = telemetry;
		this.#context = context;
		this._register(telemetry.onDidChange(() => void this.#tell()));
		this._register(context.secrets.onDidChange(() => void this.#tell()));
		this._register(
			vscode.workspace.onDidChangeConfiguration((change) => {
				if (change.affectsConfiguration(`${SETTINGS_SECTION}.export`)) void this.#tell();
			}),
		);
	}

	/** Who has never turned it on pays nothing for it. */
	async #tell(): Promise<void> {
		const { current } = this.#telemetry;
		const isNew = this.#told?.by !== current;
		if (current === null || (isNew && endpointOf() === "")) return;
		const wanted = await this.#wanted();
		const text = JSON.stringify(wanted);
		if (this.isDisposed || (this.#told?.by === current && this.#told.settings === text)) return;
		this.#told = { by: current, settings: text };
		try {
			await current.exportTo(wanted);
		} catch (error) {
			if (this.isDisposed || current !== this.#telemetry.current) return;
			const message = error instanceof Error ? error.message : String(error);
			void vscode.window.showErrorMessage(message, "Open Settings").then((choice) => {
				if (choice === undefined) return;
				const query = `${SETTINGS_SECTION}.export`;
				void vscode.commands.executeCommand("workbench.action.openSettings", query);
			});
		}
	}

	/** null where it is off. */
	async #wanted(): Promise<ExportSettings | null> {
		const endpoint = endpointOf();
		if (endpoint === "") return null;
		const config = vscode.workspace.getConfiguration(SETTINGS_SECTION);
		const headers = await this.#context.secrets.get(HEADERS_KEY);
		const protocol = config.get<unknown>(settings.exportProtocol);
		return {
			endpoint,
			...(headers === undefined ? {} : { headers }),
			...(typeof protocol === "string" ? { protocol } : {}),
			version: String(this.#context.extension.packageJSON.version),
			tellsUser: config.get<unknown>(settings.exportTellUser) === true,
			tellsRepositories: config.get<unknown>(settings.exportTellRepositories) === true,
		};
	}
}

function endpointOf(): string {
	const setting = vscode.workspace
		.getConfiguration(SETTINGS_SECTION)
		.get<unknown>(settings.exportEndpoint);
	return typeof setting === "string" ? setting.trim() : "";
}

/** Asks for headers such as a token, and keeps them where the editor keeps secrets. */
export async function setExportHeaders(secrets: vscode.SecretStorage): Promise<void> {
	const isSet = (await secrets.get(HEADERS_KEY)) !== undefined;
	const text = await vscode.window.showInputBox({
		title: "Headers of the OpenTelemetry Export",
		prompt: `name=value, several with a comma between.${isSet ? " Empty removes those that are set." : ""}`,
		placeHolder: "authorization=Bearer%20…",
		password: true,
		ignoreFocusOut: true,
		validateInput: (value) =>
			value === "" || /^[^=\s,]+=[^,]*(?:,\s*[^=\s,]+=[^,]*)*$/.test(value)
				? null
				: "Pairs of name=value, with a comma between",
	});
	if (text === undefined) return;
	if (text === "") await secrets.delete(HEADERS_KEY);
	else await secrets.store(HEADERS_KEY, text);
	const done = text === "" ? "Removed the headers of the export" : "Stored the headers as a secret";
	vscode.window.setStatusBarMessage(done, 4000);
}

/** The section of Show Status about it, as Markdown; empty where it is off. */
export async function exportReport(telemetry: Telemetry): Promise<string> {
	const progress = await telemetry.exportProgress();
	if (progress === null) return "";
	const { url, spans, requests, sentAt, trouble } = progress;
	const notTaken = notTakenText(progress);
	return [
		"## OpenTelemetry\n",
		trouble === null ? "" : `> **Trouble**: ${code(trouble)}\n`,
		table(
			["", "in this window"],
			[
				["collector", code(url)],
				["sent", `${formatCount(spans, "span")} in ${formatCount(requests, "request")}`],
				...(notTaken === "" ? [] : [["not taken", notTaken]]),
				["last", sentAt === null ? "nothing yet" : formatTime(sentAt)],
			],
		),
	].join("\n");
}
