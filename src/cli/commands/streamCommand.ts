import * as path from "node:path";
import { CLIENT_LABELS } from "../../ingest/clients/clientIdentities.ts";
import { LogLines } from "../../ingest/eventLog/logLines.ts";
import type { GraphFeed } from "../../live/graphFeed.ts";
import type { FeedSources } from "../../live/graphSource.ts";
import { LiveFeed, REAP_AFTER_MS } from "../../live/liveFeed.ts";
import { type OpenedReceiver, openReceiver } from "../../live/openReceiver.ts";
import { readHere } from "../../live/reading/readHere.ts";
import { recordSession } from "../../live/recording/recordSession.ts";
import { loadStream, type OpenedStream } from "../../live/streamBundle.ts";
import { DEFAULT_PANEL_SETTINGS } from "../../protocol/messages.ts";
import { DEFAULT_BIND } from "../../stream/bindAddress.ts";
import {
	type Command,
	databaseOption,
	eventsFileOption,
	type OptionValues,
	transcriptsOptions,
} from "../command.ts";
import type { CliContext } from "../context.ts";
import { clientFolderOf, databaseFileOf, eventsFileOf, transcriptFoldersOf } from "../paths.ts";
import { SavedInsights } from "../savedInsights.ts";

const TOKEN_VARIABLE = "KEI_GRAPH_RECEIVE_TOKEN";
const REMOTE_VARIABLE = "KEI_GRAPH_STREAM_ALLOW_REMOTE";

export const streamCommand: Command = {
	name: "stream",
	summary: "Serves the live graph and insights to browsers on this machine until interrupted",
	options: {
		bind: {
			type: "string",
			value: "HOST:PORT",
			help: `where to listen; otherwise $KEI_GRAPH_STREAM_BIND, otherwise ${DEFAULT_BIND}`,
		},
		"events-file": eventsFileOption,
		db: databaseOption,
		...transcriptsOptions,
		receive: {
			type: "boolean",
			value: "",
			help: `take what clients send over OTLP as well, with ${TOKEN_VARIABLE} as their token if it is set`,
		},
		"receive-bind": {
			type: "string",
			value: "HOST:PORT",
			help: "where to listen for that; otherwise 127.0.0.1:4318",
		},
		"allow-remote": {
			type: "boolean",
			value: "",
			help: `let others than this machine connect; needs ${REMOTE_VARIABLE}=1 as well`,
		},
	},

	async run(values, context) {
		if (context.env.KEI_GRAPH_STREAM_BYPASS === "1") {
			context.note("KEI_GRAPH_STREAM_BYPASS=1: nothing is served");
			return;
		}
		// Asked for now: it may come while the log is read.
		const interrupted = context.interrupted();
		const sources = {
			eventsFile: eventsFileOf(values, context),
			transcriptFolders: transcriptFoldersOf(values, context, true),
		};
		const feed = new LiveFeed(
			{
				...sources,
				reapAfterMs: REAP_AFTER_MS,
				panel: { ...DEFAULT_PANEL_SETTINGS, clients: CLIENT_LABELS },
			},
			{
				newLog: () => new LogLines(),
				startReading: readHere,
				recordSession,
				firstGraph: 1 + (process.pid % 999_999),
			},
		);
		try {
			const server = await serve(values, context, feed);
			try {
				const receiver = await receive(values, context, sources.eventsFile);
				tell(server, receiver, sources, context);
				await interrupted;
				await receiver?.close();
			} finally {
				await server.close();
			}
		} finally {
			await feed.dispose();
		}
	},
};

/** null where it is not asked for. */
async function receive(
	values: OptionValues,
	context: CliContext,
	eventsFile: string,
): Promise<OpenedReceiver | null> {
	if (values.receive !== true) return null;
	// Whoever turned the log off wants nothing in it.
	if (context.env.KEI_EVENTS_BYPASS === "1") {
		context.note("KEI_EVENTS_BYPASS=1: nothing is received");
		return null;
	}
	const bind = values["receive-bind"];
	return openReceiver({
		dist: context.programFolder,
		bind: typeof bind === "string" ? bind : "",
		token: context.env[TOKEN_VARIABLE] ?? "",
		eventsFile,
		note: (text) => context.note(`agent-live-graph: ${text}`),
		onEnd: () => context.note("agent-live-graph: the receiver ended"),
	});
}

function tell(
	server: OpenedStream,
	receiver: OpenedReceiver | null,
	sources: FeedSources,
	context: CliContext,
): void {
	const rows = [
		["stream", `${server.origin.replace(/^http/, "ws")}/stream`],
		["events", sources.eventsFile],
		...sources.transcriptFolders.map((folder) => ["transcripts", folder]),
		...(receiver === null ? [] : [["receive", receiver.origin]]),
		["token", tokenFileOf(context)],
		["page", server.pageUrl],
	];
	for (const [name = "", value] of rows) context.print(`${name.padEnd(12)}${value}`);
}

function serve(values: OptionValues, context: CliContext, feed: GraphFeed): Promise<OpenedStream> {
	const { env, programFolder } = context;
	const given = typeof values.bind === "string" ? values.bind : env.KEI_GRAPH_STREAM_BIND;
	const isAskedOnce = values["allow-remote"] === true;
	const insights = new SavedInsights(databaseFileOf(values, context), context);
	return loadStream(programFolder).openStream({
		bind: given ?? "",
		allowsRemote: isAskedOnce && env[REMOTE_VARIABLE] === "1",
		tokenFile: tokenFileOf(context),
		feed,
		insights: () => insights,
		pageFolder: path.join(programFolder, "webview"),
		note: (text) => context.note(`agent-live-graph: ${text}`),
	});
}

function tokenFileOf(context: CliContext): string {
	return path.join(clientFolderOf(context), "agent-live-graph-stream.token");
}
