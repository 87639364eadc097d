import { setTimeout as sleep } from "node:timers/promises";
import { version } from "../../../package.json";
import { type Courier, DeliveryError } from "../../export/deliver.ts";
import { type ExportSums, exportRound } from "../../export/exportRound.ts";
import { ExportState } from "../../export/exportState.ts";
import { TargetError, targetOf } from "../../export/target.ts";
import { formatCount } from "../../model/views/format.ts";
import { SnapshotFile } from "../../telemetry/storage/snapshotFile.ts";
import {
	CliFailure,
	type Command,
	databaseOption,
	type OptionValues,
	UsageError,
} from "../command.ts";
import type { CliContext } from "../context.ts";
import { openToRead } from "../database.ts";
import { databaseFileOf } from "../paths.ts";
import { sinceOf } from "../since.ts";

const ROUND_MS = 30_000;
const ATTEMPTS_ONCE = 10;

export const otlpCommand: Command = {
	name: "otlp",
	summary: "Sends sessions, agents, calls and usage to an OpenTelemetry collector, as traces",
	options: {
		endpoint: {
			type: "string",
			value: "URL",
			help: "the collector, such as http://localhost:4318; otherwise $OTEL_EXPORTER_OTLP_ENDPOINT",
		},
		headers: {
			type: "string",
			value: "A=1,…",
			help: "sent along; secrets belong into $OTEL_EXPORTER_OTLP_HEADERS",
		},
		since: {
			type: "string",
			value: "WHEN",
			help: "sessions since then: 24h, 7d, 2w or a date; otherwise all",
		},
		follow: { type: "boolean", value: "", help: "go on sending what is new until interrupted" },
		db: databaseOption,
	},

	async run(values, context) {
		const target = targetFrom(values, context);
		if (context.env.OTEL_SDK_DISABLED === "true") {
			context.note("OTEL_SDK_DISABLED=true: nothing is sent");
			return;
		}
		const since = typeof values.since === "string" ? sinceOf(values.since, context.now()).from : 0;
		const databaseFile = databaseFileOf(values, context);
		const state = new ExportState(databaseFile, target.url);
		const end = new AbortController();
		void context.interrupted().then(() => end.abort());
		const courier = courierOf(end.signal, values.follow === true, context);
		const round = async (): Promise<ExportSums> => {
			const bytes = new SnapshotFile(databaseFile).read();
			if (bytes === null) throw new CliFailure(`no database at ${databaseFile}`);
			const store = await openToRead(bytes, context);
			try {
				return await exportRound(store, {
					target,
					state,
					courier,
					version,
					since,
					now: context.now(),
				});
			} finally {
				store.close();
			}
		};
		try {
			do {
				tell(await round(), values.follow === true, context);
				if (values.follow === true) await courier.wait(ROUND_MS);
			} while (values.follow === true);
		} catch (error) {
			if (end.signal.aborted) return;
			throw error instanceof DeliveryError ? new CliFailure(error.message) : error;
		}
	},
};

function targetFrom({ endpoint, headers }: OptionValues, { env }: CliContext) {
	try {
		return targetOf(
			{
				...(typeof endpoint === "string" ? { endpoint } : {}),
				...(typeof headers === "string" ? { headers } : {}),
			},
			env,
		);
	} catch (error) {
		throw error instanceof TargetError ? new UsageError(`otlp: ${error.message}`) : error;
	}
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

function tell(
	{ spans, requests, rejected }: ExportSums,
	isFollowing: boolean,
	context: CliContext,
) {
	if (spans === 0 && isFollowing) return;
	const sent = `sent ${formatCount(spans, "span")} in ${formatCount(requests, "request")}`;
	context.print(rejected === 0 ? sent : `${sent}; ${formatCount(rejected, "span")} not taken`);
}
