import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { inProject } from "../../../scripts/paths.ts";
import { besideClickHouse } from "../../../scripts/setup/clickHouse.ts";
import { decodedTraces, type ReceivedAttribute } from "../export/collector.ts";

/** As the collector's ClickHouse exporter makes it, without what only makes it smaller or faster. */
const OTEL_TRACES = `CREATE TABLE otel_traces (
	Timestamp DateTime64(9),
	TraceId String,
	SpanId String,
	ParentSpanId String,
	TraceState String,
	SpanName LowCardinality(String),
	SpanKind LowCardinality(String),
	ServiceName LowCardinality(String),
	ResourceAttributes Map(LowCardinality(String), String),
	ScopeName String,
	ScopeVersion String,
	SpanAttributes Map(LowCardinality(String), String),
	Duration UInt64,
	StatusCode LowCardinality(String),
	StatusMessage String,
	Events Nested (
		Timestamp DateTime64(9),
		Name LowCardinality(String),
		Attributes Map(LowCardinality(String), String)
	),
	Links Nested (
		TraceId String,
		SpanId String,
		TraceState String,
		Attributes Map(LowCardinality(String), String)
	)
) ENGINE = MergeTree PARTITION BY toDate(Timestamp) ORDER BY (ServiceName, SpanName, toDateTime(Timestamp))`;

const CONTRIB = inProject("contrib", "clickhouse");

interface Session {
	query(sql: string, format?: string): string;
	cleanup(): void;
}

interface Chdb {
	readonly Session: new (folder: string) => Session;
}

/** ClickHouse itself, in this process, with our tables and views. */
export class ClickHouse {
	readonly #session: Session;

	/** @param folder of its own */
	constructor(folder: string) {
		const { Session } = createRequire(besideClickHouse())("chdb") as Chdb;
		this.#session = new Session(folder);
	}

	/** Makes the database anew: one process has one engine. */
	begin(): void {
		this.run("DROP DATABASE IF EXISTS team SYNC");
		this.run("CREATE DATABASE team ENGINE = Atomic");
		this.run("USE team");
		this.run(OTEL_TRACES);
		for (const file of ["tables.sql", "views.sql"]) {
			for (const statement of statementsOf(readFileSync(`${CONTRIB}/${file}`, "utf8"))) {
				this.run(statement);
			}
		}
	}

	run(sql: string): void {
		this.#session.query(sql);
	}

	rows<Row>(sql: string): Row[] {
		const settings = "SETTINGS output_format_json_quote_64bit_integers = 0";
		const text = this.#session.query(`${sql} ${settings}`, "JSONEachRow");
		return text
			.split("\n")
			.filter((line) => line !== "")
			.map((line) => JSON.parse(line) as Row);
	}

	/** Writes the bytes of requests as the exporter would, one insert for each. */
	insert(bodies: readonly Uint8Array[]): void {
		for (const body of bodies) {
			const rows = rowsOf(body).map((row) => JSON.stringify(row));
			this.run(`INSERT INTO otel_traces FORMAT JSONEachRow ${rows.join("\n")}`);
		}
	}

	/** Has the sums of the days that something came for made anew, which else happens every five minutes. */
	refresh(): void {
		for (const view of ["function_days_refresh", "usage_days_refresh"]) {
			this.run(`SYSTEM REFRESH VIEW ${view}`);
			this.run(`SYSTEM WAIT VIEW ${view}`);
		}
	}

	close(): void {
		this.#session.cleanup();
	}
}

/** The statements of a file: none of ours has a semicolon within. */
export function statementsOf(text: string): string[] {
	return text
		.replace(/^\s*--.*$/gm, "")
		.split(";")
		.map((statement) => statement.trim())
		.filter((statement) => statement !== "");
}

const KINDS = ["UNSPECIFIED", "INTERNAL", "SERVER", "CLIENT", "PRODUCER", "CONSUMER"];

function rowsOf(body: Uint8Array): object[] {
	return decodedTraces(body, true).resourceSpans.flatMap(({ resource, scopeSpans }) =>
		scopeSpans.flatMap(({ spans }) =>
			spans.map((span) => {
				const resourceAttributes = textsOf(resource.attributes);
				const events = span.events ?? [];
				const started = BigInt(span.startTimeUnixNano);
				return {
					Timestamp: timeText(span.startTimeUnixNano),
					TraceId: span.traceId,
					SpanId: span.spanId,
					ParentSpanId: span.parentSpanId ?? "",
					SpanName: span.name,
					SpanKind: KINDS[span.kind] ?? "UNSPECIFIED",
					ServiceName: resourceAttributes["service.name"] ?? "",
					ResourceAttributes: resourceAttributes,
					SpanAttributes: textsOf(span.attributes),
					Duration: String(BigInt(span.endTimeUnixNano) - started),
					StatusCode: span.status?.code === 2 ? "Error" : "Unset",
					"Events.Timestamp": events.map((event) => timeText(event.timeUnixNano)),
					"Events.Name": events.map(({ name }) => name),
					"Events.Attributes": events.map(({ attributes }) => textsOf(attributes)),
				};
			}),
		),
	);
}

function timeText(nanos: string): string {
	return `${nanos.slice(0, -9)}.${nanos.slice(-9)}`;
}

/** The exporter keeps all values as text. */
function textsOf(attributes: readonly ReceivedAttribute[]): Record<string, string> {
	return Object.fromEntries(
		attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]),
	);
}
