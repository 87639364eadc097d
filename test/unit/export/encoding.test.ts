import assert from "node:assert/strict";
import * as fc from "fast-check";
import { encodeSpans } from "../../../src/export/encoding/encodeSpans.ts";
import { exponentialHistogram } from "../../../src/export/records/exponentialHistogram.ts";
import type { SpanRecord } from "../../../src/export/records/spanRecord.ts";
import { SCALE } from "../../../src/telemetry/queries/exportSums.ts";
import { decodedTraces, type ReceivedAttribute } from "../../support/export/collector.ts";

const SCOPE = { name: "agent-live-graph", version: "1.2.3" };
const hex = (digits: number) =>
	fc.string({ unit: fc.constantFrom(..."0123456789abcdef"), minLength: digits, maxLength: digits });
const attributes = fc.dictionary(
	fc.string({ minLength: 1, maxLength: 12 }).filter((key) => key !== "__proto__"),
	fc.oneof(
		fc.string({ unit: "grapheme" }),
		fc.boolean(),
		fc.integer(),
		fc.double({ noNaN: true, noDefaultInfinity: true }),
		fc.constant(null),
	),
);
const ms = fc
	.integer({ min: Date.parse("2015-01-01") * 1000, max: Date.parse("2040-01-01") * 1000 })
	.map((us) => us / 1000);
const spans: fc.Arbitrary<SpanRecord> = fc.record({
	traceId: hex(32),
	spanId: hex(16),
	parentSpanId: fc.oneof(fc.constant(""), hex(16)),
	name: fc.string({ unit: "grapheme" }),
	isClient: fc.boolean(),
	startMs: ms,
	endMs: ms,
	attributes,
	events: fc.array(fc.record({ name: fc.string(), atMs: ms, attributes }), { maxLength: 2 }),
	isError: fc.boolean(),
	readyMs: ms,
});

function valuesOf(received: readonly ReceivedAttribute[]): Record<string, unknown> {
	return Object.fromEntries(
		received.map(({ key, value }) => {
			const { intValue, ...other } = value;
			return [key, intValue === undefined ? Object.values(other)[0] : Number(intValue)];
		}),
	);
}

describe("What is sent of spans", () => {
	for (const protocol of ["http/json", "http/protobuf"] as const) {
		it(`says in ${protocol} what they are, as OpenTelemetry's own messages read it`, () => {
			fc.assert(
				fc.property(fc.array(spans, { minLength: 1, maxLength: 5 }), (records) => {
					const resource = { "service.name": "x" };
					const body = encodeSpans(
						records.map((record) => ({ record, resource })),
						SCOPE,
						protocol,
					);
					const request = decodedTraces(body, protocol === "http/protobuf");
					const received = request.resourceSpans.flatMap(({ scopeSpans }) =>
						scopeSpans.flatMap(({ spans: own }) => own),
					);
					assert.equal(received.length, records.length);
					for (const [index, record] of records.entries()) {
						const span = received[index];
						assert.equal(span?.traceId, record.traceId);
						assert.equal(span?.spanId, record.spanId);
						assert.equal(span?.parentSpanId ?? "", record.parentSpanId);
						assert.equal(span?.name, record.name);
						assert.equal(span?.startTimeUnixNano, nanosOf(record.startMs));
						assert.equal(span?.endTimeUnixNano, nanosOf(record.endMs));
						assert.equal(
							span?.status?.code === 2 || isErrorCode(span?.status?.code),
							record.isError,
						);
						const told = Object.entries(record.attributes).filter(([, value]) => value !== null);
						assert.deepEqual(valuesOf(span?.attributes ?? []), plain(told));
						assert.equal(span?.events?.length ?? 0, record.events.length);
					}
				}),
			);
		});
	}
});

function isErrorCode(code: unknown): boolean {
	return code === "STATUS_CODE_ERROR";
}

/** -0 is 0 in JSON. */
function plain(told: readonly (readonly [string, unknown])[]): Record<string, unknown> {
	return Object.fromEntries(told.map(([key, value]) => [key, value === 0 ? 0 : value]));
}

function nanosOf(time: number): string {
	return String(BigInt(Math.round(time * 1000)) * 1000n);
}

describe("A histogram of durations", () => {
	it("has each value in the bucket that its bounds say, and no more than 160 buckets", () => {
		const values = fc.array(fc.double({ min: 1e-6, max: 1e7, noNaN: true }), { minLength: 1 });
		fc.assert(
			fc.property(values, (all) => {
				const rows = all.map((value) => ({
					client: "",
					subject: "",
					kind: null,
					bucket: Math.ceil(Math.log2(value) * 2 ** SCALE) - 1,
					count: 1,
					sum: value,
					min: value,
					max: value,
				}));
				const made = exponentialHistogram(rows);
				assert.ok(made.bucketCounts.length <= 160);
				assert.equal(
					made.bucketCounts.reduce((sum, count) => sum + count, 0),
					all.length,
				);
				const base = 2 ** (2 ** -made.scale);
				for (const [place, count] of made.bucketCounts.entries()) {
					const [low, high] = [base ** (made.offset + place), base ** (made.offset + place + 1)];
					const within = all.filter(
						(value) => value > low * (1 - 1e-9) && value <= high * (1 + 1e-9),
					);
					assert.ok(within.length >= count);
				}
			}),
		);
	});

	it("counts what took no time apart", () => {
		const row = { client: "", subject: "", kind: null, sum: 0, min: 0, max: 0 };
		const made = exponentialHistogram([{ ...row, bucket: null, count: 3 }]);
		assert.deepEqual([made.zeroCount, made.count, made.bucketCounts], [3, 3, []]);
	});
});
