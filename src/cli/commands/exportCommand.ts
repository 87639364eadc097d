import { type Command, databaseOption, eventsFileOption, transcriptsOptions } from "../command.ts";
import { exportSession } from "./export/exportSession.ts";
import { exportToCollector } from "./export/exportToCollector.ts";

/** What says how and where to send; the daemon has them too. */
export const collectorOptions = {
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
	protocol: {
		type: "string",
		value: "NAME",
		help: "http/protobuf, unless $OTEL_EXPORTER_OTLP_PROTOCOL says so, or http/json",
	},
	"tell-user": { type: "boolean", value: "", help: "tell the collector your user name" },
	"tell-repositories": {
		type: "boolean",
		value: "",
		help: "tell it the addresses of repositories, and not only hashes of them",
	},
} as const;

export const exportCommand: Command = {
	name: "export",
	summary: "Sends what is recorded to an OpenTelemetry collector, or prints one session as a file",
	options: {
		...collectorOptions,
		since: {
			type: "string",
			value: "WHEN",
			help: "sessions since then: 24h, 7d, 2w or a date; otherwise all",
		},
		follow: { type: "boolean", value: "", help: "go on sending what is new until interrupted" },
		db: databaseOption,
		session: {
			type: "string",
			value: "ID",
			help: "print this session instead, as JSON or as one page with graph, timeline and replay",
		},
		format: { type: "string", value: "html|json", help: "of a printed session; json if not given" },
		"events-file": eventsFileOption,
		...transcriptsOptions,
	},

	run: (values, context) =>
		values.session === undefined
			? exportToCollector(values, context)
			: exportSession(values, context),
};
