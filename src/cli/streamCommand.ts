import * as path from "node:path";
import { DEFAULT_BIND } from "../stream/bindAddress.ts";
import { LogFeed } from "../stream/logFeed.ts";
import { openStream } from "../stream/openStream.ts";
import { StreamError } from "../stream/streamError.ts";
import type { StreamServer } from "../stream/streamServer.ts";
import { CliFailure, type Command, eventsFileOption, type OptionValues } from "./command.ts";
import type { CliContext } from "./context.ts";
import { clientFolderOf, eventsFileOf } from "./paths.ts";

const REMOTE_VARIABLE = "KEI_GRAPH_STREAM_ALLOW_REMOTE";

export const streamCommand: Command = {
	name: "stream",
	summary: "Serves the live graph of an event log to browsers on this machine until interrupted",
	options: {
		bind: {
			type: "string",
			value: "HOST:PORT",
			help: `where to listen; otherwise $KEI_GRAPH_STREAM_BIND, otherwise ${DEFAULT_BIND}`,
		},
		"events-file": eventsFileOption,
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
		const file = eventsFileOf(values, context);
		const feed = new LogFeed(file);
		try {
			const server = await serve(values, context, feed);
			context.print(`stream    ${server.origin.replace(/^http/, "ws")}/stream`);
			context.print(`events    ${file}`);
			context.print(`token     ${tokenFileOf(context)}`);
			context.print(`page      ${server.pageUrl}`);
			await interrupted;
			await server.close();
		} finally {
			await feed.dispose();
		}
	},
};

async function serve(
	values: OptionValues,
	context: CliContext,
	source: LogFeed,
): Promise<StreamServer> {
	const { env, programFolder } = context;
	const given = typeof values.bind === "string" ? values.bind : env.KEI_GRAPH_STREAM_BIND;
	const isAskedOnce = values["allow-remote"] === true;
	try {
		return await openStream({
			bind: given ?? "",
			allowsRemote: isAskedOnce && env[REMOTE_VARIABLE] === "1",
			tokenFile: tokenFileOf(context),
			source,
			pageFolder: path.join(programFolder, "webview"),
			note: (text) => context.note(`agent-live-graph: ${text}`),
		});
	} catch (error) {
		if (!(error instanceof StreamError)) throw error;
		throw new CliFailure(error.message);
	}
}

function tokenFileOf(context: CliContext): string {
	return path.join(clientFolderOf(context), "agent-live-graph-stream.token");
}
