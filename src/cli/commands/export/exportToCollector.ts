import { statSync } from "node:fs";
import { createRequire } from "node:module";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { version } from "../../../../package.json";
import { formatCount } from "../../../model/views/format.ts";
import { SnapshotFile } from "../../../telemetry/storage/file/snapshotFile.ts";
import {
	BAD_TARGET,
	type Courier,
	type Exporter,
	type ExportFigures,
	type ExportSettings,
	notTakenText,
} from "../../../telemetry/worker/exporter.ts";
import { CliFailure, type OptionValues, UsageError } from "../../command.ts";
import type { CliContext } from "../../context.ts";
import { openToRead } from "../../database.ts";
import { databaseFileOf } from "../../paths.ts";
import { sinceOf } from "../../since.ts";

const ROUND_MS = 30_000;
const ATTEMPTS_ONCE = 10;

/** Sends what the database holds, as it was last saved, whoever writes it. */
export async function exportToCollector(values: OptionValues, context: CliContext): Promise<void> {
	if (context.env.OTEL_SDK_DISABLED === "true") {
		context.note("OTEL_SDK_DISABLED=true: nothing is sent");
		return;
	}
	if (!hasAddress(values, context)) {
		throw new UsageError(
			"export needs --endpoint or $OTEL_EXPORTER_OTLP_ENDPOINT for a collector, or --session ID for a file",
		);
	}
	const isFollowing = values.follow === true;
	const end = new AbortController();
	void context.interrupted().then(() => end.abort());
	const courier = courierOf(end.signal, isFollowing, context);
	const exports = new SavedExports(values, courier, context);
	try {
		do {
			const figures = await exports.send();
			if (figures !== null) tell(figures, isFollowing, context);
			if (isFollowing) await courier.wait(ROUND_MS);
		} while (isFollowing);
	} catch (error) {
		if (end.signal.aborted) return;
		throw error;
	}
}

/** What comes of it is for the exporter to say. */
function hasAddress({ endpoint }: OptionValues, { env }: CliContext): boolean {
	const { OTEL_EXPORTER_OTLP_ENDPOINT: all, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: traces } = env;
	return endpoint !== undefined || Boolean(all || traces);
}

/** Where to, as options say; what they do not say is in the environment. */
export function exportSettingsOf(values: OptionValues): ExportSettings {
	const { endpoint, headers, protocol } = values;
	return {
		...(typeof endpoint === "string" ? { endpoint } : {}),
		...(typeof headers === "string" ? { headers } : {}),
		...(typeof protocol === "string" ? { protocol } : {}),
		version,
		tellsUser: values["tell-user"] === true,
		tellsRepositories: values["tell-repositories"] === true,
	};
}

/** Sends a database each time that somebody has saved it. */
class SavedExports {
	readonly #values: OptionValues;
	readonly #courier: Courier;
	readonly #context: CliContext;
	readonly #exporter: Exporter;
	/** ms since the epoch */
	readonly #since: number;
	/** The file whose content was sent in whole: when it was changed, and its size. */
	#sent = "";

	constructor(values: OptionValues, courier: Courier, context: CliContext) {
		this.#values = values;
		this.#courier = courier;
		this.#context = context;
		this.#since = typeof values.since === "string" ? sinceOf(values.since, context.now()).from : 0;
		const file = path.join(context.programFolder, "exporter.cjs");
		this.#exporter = createRequire(file)(file) as Exporter;
	}

	/** @returns null where there is nothing new */
	async send(): Promise<ExportFigures | null> {
		const databaseFile = databaseFileOf(this.#values, this.#context);
		const saved = stampOf(databaseFile);
		if (saved === this.#sent) return null;
		const bytes = new SnapshotFile(databaseFile).read();
		if (bytes === null) throw new CliFailure(`no database at ${databaseFile}`);
		const store = await openToRead(bytes, this.#context);
		try {
			const figures = await this.#exporter.exportOnce(store, {
				databaseFile,
				settings: exportSettingsOf(this.#values),
				env: this.#context.env,
				courier: this.#courier,
				since: this.#since,
				now: this.#context.now(),
			});
			this.#sent = figures.isWhole ? saved : "";
			return figures;
		} catch (error) {
			// The exporter is a program of its own, with errors of its own.
			if (!(error instanceof Error && "code" in error && error.code === BAD_TARGET)) throw error;
			throw new UsageError(`export: ${error.message}`);
		} finally {
			store.close();
		}
	}
}

function stampOf(file: string): string {
	const stat = statSync(file, { throwIfNoEntry: false });
	return `${stat?.mtimeMs} ${stat?.size}`;
}

function courierOf(signal: AbortSignal, isFollowing: boolean, context: CliContext): Courier {
	return {
		wait: async (ms) => sleep(ms, undefined, { signal }),
		random: Math.random,
		signal,
		attempts: isFollowing ? Number.POSITIVE_INFINITY : ATTEMPTS_ONCE,
		onTrouble: (text) => context.note(text),
	};
}

function tell(figures: ExportFigures, isFollowing: boolean, context: CliContext): void {
	const { spans, requests } = figures;
	if (spans === 0 && isFollowing) return;
	const sent = `sent ${formatCount(spans, "span")} in ${formatCount(requests, "request")}`;
	const notTaken = notTakenText(figures);
	context.print(notTaken === "" ? sent : `${sent}; ${notTaken} not taken`);
}
