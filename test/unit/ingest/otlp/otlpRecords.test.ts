import assert from "node:assert/strict";
import { SpanKind, SpanStatusCode, TraceFlags } from "@opentelemetry/api";
import { JsonLogsSerializer, JsonTraceSerializer } from "@opentelemetry/otlp-transformer";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { recordsIn } from "../../../../src/ingest/otlp/otlpRecords.ts";

const AT = Date.parse("2026-01-01T10:00:00.123Z");
const resource = resourceFromAttributes({ "service.name": "claude-code" });
const instrumentationScope = { name: "events" };
const attributes = {
	"event.name": "tool_result",
	tool_use_id: "toolu_1",
	success: "true",
	is_async: false,
	duration_ms: 42,
	cost_usd: 0.25,
	languages: ["a", "b"],
};

/** ms since the epoch as the official library has times. */
function hrTime(ms: number): [number, number] {
	return [Math.floor(ms / 1000), (ms % 1000) * 1e6];
}

describe("What the official exporter sends as JSON", () => {
	it("are log records with their attributes, times and services", () => {
		const bytes = JsonLogsSerializer.serializeRequest([
			{
				hrTime: hrTime(AT),
				hrTimeObserved: hrTime(AT + 5),
				body: "claude_code.tool_result",
				resource,
				instrumentationScope,
				attributes,
				droppedAttributesCount: 0,
			},
		]);
		const [record, ...others] = recordsIn("log", parsed(bytes)) ?? [];
		assert.deepEqual(
			[record?.kind, record?.service, record?.name, record?.at, others.length],
			["log", "claude-code", "tool_result", AT, 0],
		);
		const a = record?.attributes ?? assert.fail("no record");
		assert.deepEqual(
			[a.text("tool_use_id"), a.flag("success"), a.flag("is_async"), a.number("duration_ms")],
			["toolu_1", true, false, 42],
		);
		assert.deepEqual(
			[a.number("cost_usd"), a.text("languages"), a.number("none")],
			[0.25, "", null],
		);
	});

	it("are spans with their parents, times and failures", () => {
		const bytes = JsonTraceSerializer.serializeRequest([
			{
				name: "execute_tool bash",
				kind: SpanKind.INTERNAL,
				spanContext: () => ({
					traceId: "0af7651916cd43dd8448eb211c80319c",
					spanId: "b7ad6b7169203331",
					traceFlags: TraceFlags.SAMPLED,
				}),
				parentSpanContext: {
					traceId: "0af7651916cd43dd8448eb211c80319c",
					spanId: "00f067aa0ba902b7",
					traceFlags: TraceFlags.SAMPLED,
				},
				startTime: hrTime(AT),
				endTime: hrTime(AT + 1500),
				duration: [1, 5e8],
				status: { code: SpanStatusCode.ERROR, message: "Path does not exist" },
				attributes,
				links: [],
				events: [],
				ended: true,
				resource,
				instrumentationScope,
				droppedAttributesCount: 0,
				droppedEventsCount: 0,
				droppedLinksCount: 0,
			},
		]);
		const [span] = recordsIn("span", parsed(bytes)) ?? [];
		assert.deepEqual(
			[span?.name, span?.spanId, span?.parentSpanId, span?.began, span?.at, span?.failure],
			[
				"execute_tool bash",
				"b7ad6b7169203331",
				"00f067aa0ba902b7",
				AT,
				AT + 1500,
				"Path does not exist",
			],
		);
	});
});

function parsed(bytes: Uint8Array | undefined): unknown {
	return JSON.parse(Buffer.from(bytes ?? []).toString("utf8"));
}
