import { clientTitle } from "../../ingest/clients/clientIdentities.ts";
import { transcriptClients } from "../../ingest/clients/clients.ts";
import { clientFiles } from "../../ingest/transcripts/clientsRead.ts";
import type { LiveFeed } from "../../live/liveFeed.ts";
import type { TelemetryFacts } from "../../telemetry/figures.ts";
import { type ClientRow, clientRows } from "../../telemetry/queries/clientCounts.ts";
import { exportReport } from "../export/collectorExport.ts";
import type { HealthFeed } from "../hooks/healthFeed.ts";
import type { ReceiveHost } from "../receive/receiveHost.ts";
import { clientReport } from "../status/clientReport.ts";
import { foldersNotRead } from "../status/foldersNotRead.ts";
import { statusReport } from "../status/statusReport.ts";
import { noTelemetry, telemetryReport } from "../status/telemetryReport.ts";
import type { StreamHost } from "../stream/streamHost.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";

/** Functions that Show Status lists. */
const TOP = 20;

/** What Show Status tells of. */
interface StatusParts {
	/** Of the extension. */
	readonly version: string;
	readonly feed: LiveFeed;
	readonly health: HealthFeed;
	readonly telemetry: TelemetryHost;
	readonly stream: StreamHost;
	readonly receive: ReceiveHost;
	readonly activationMs: number;
}

/** Show Status as Markdown. */
export async function windowStatus({
	version,
	feed,
	health,
	telemetry,
	stream,
	receive,
	activationMs,
}: StatusParts): Promise<string> {
	const { source, followed } = feed;
	const facts = await factsOf(telemetry);
	return statusReport({
		version,
		now: Date.now(),
		eventsFile: source.eventsFile,
		tail: source.tail,
		source: feed.status,
		transcripts: source.transcripts,
		foldersNotRead: foldersNotRead(source.transcripts),
		stats: followed.stats,
		counters: followed.counters,
		activationMs,
		hooks: await health.report(),
		clients: clientReport(await rowsOf(source.transcripts?.folders ?? [], facts)),
		telemetry: await databaseReport(telemetry, facts),
		stream: [stream.report(), receive.report()].join("\n"),
	});
}

/** What the database says; why not when there is none. */
async function factsOf(telemetry: TelemetryHost): Promise<TelemetryFacts | string> {
	try {
		return await telemetry.required.facts(TOP);
	} catch (error) {
		return error instanceof Error ? error.message : String(error);
	}
}

async function databaseReport(
	telemetry: TelemetryHost,
	facts: TelemetryFacts | string,
): Promise<string> {
	if (typeof facts === "string") return noTelemetry(facts);
	const report = telemetryReport(facts, Date.now());
	return [report, await exportReport(telemetry.required)].join("\n");
}

async function rowsOf(
	folders: readonly string[],
	facts: TelemetryFacts | string,
): Promise<ClientRow[]> {
	const files = await clientFiles(transcriptClients(), folders);
	const { clients, transcriptProblems } =
		typeof facts === "string" ? { clients: [], transcriptProblems: [] } : facts;
	return clientRows(files, clients, transcriptProblems, clientTitle);
}
