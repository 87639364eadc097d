import type { LiveFeed } from "../../live/liveFeed.ts";
import { exportReport } from "../export/collectorExport.ts";
import type { HealthFeed } from "../hooks/healthFeed.ts";
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
	readonly activationMs: number;
}

/** Show Status as Markdown. */
export async function windowStatus({
	version,
	feed,
	health,
	telemetry,
	stream,
	activationMs,
}: StatusParts): Promise<string> {
	const { source, followed } = feed;
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
		telemetry: await reportTelemetry(telemetry),
		stream: stream.report(),
	});
}

/** The section of Show Status about the database; says why when there is none. */
async function reportTelemetry(telemetry: TelemetryHost): Promise<string> {
	try {
		const { required } = telemetry;
		const report = telemetryReport(await required.facts(TOP), Date.now());
		return [report, await exportReport(required)].join("\n");
	} catch (error) {
		return noTelemetry(error instanceof Error ? error.message : String(error));
	}
}
