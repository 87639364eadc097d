import assert from "node:assert/strict";
import {
	appendFileSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from "node:fs";
import * as fc from "fast-check";
import { type LogBatch, LogReader, sourceOf } from "../../../../src/telemetry/sources/logReader.ts";
import type { IngestCursor } from "../../../../src/telemetry/storage/store.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

const line = (id: string) =>
	`${JSON.stringify({ v: 2, ts: "2026-01-01T10:00:00Z", session_id: "s", event: "tool_use", tool: "Read", id })}\n`;

describe("The log's reader", () => {
	const folder = useTempFolder();
	const cursors = new Map<string, IngestCursor>();
	let batches: LogBatch[] = [];
	const log = () => folder.file("agent-events.jsonl");
	const ids = () =>
		batches.flatMap(({ events }) => events.map((event) => ("id" in event ? event.id : "")));
	const problems = () => batches.flatMap((batch) => batch.problems);

	/** Reads what there is and ends, as a process that stops does. */
	async function read(
		change: (reader: LogReader) => Promise<void> = async () => {},
	): Promise<string[]> {
		batches = [];
		const reader = new LogReader({
			eventsFile: log(),
			cursor: (source) => cursors.get(source) ?? null,
			onBatch: (batch) => {
				batches.push(batch);
				cursors.set(batch.cursor.source, batch.cursor);
			},
		});
		await reader.start();
		await change(reader);
		await reader.dispose();
		return ids();
	}

	beforeEach(() => cursors.clear());

	it("goes on where it was, after a line that was cut in two", async () => {
		const whole = line("c2");
		writeFileSync(log(), line("c1") + whole.slice(0, 20));
		assert.deepEqual(await read(), ["c1"]);
		assert.equal(cursors.get(sourceOf(log()))?.byteOffset, line("c1").length);
		appendFileSync(log(), whole.slice(20));
		assert.deepEqual(await read(), ["c2"]);
		assert.deepEqual(problems(), []);
		assert.deepEqual(await read(), []);
	});

	it("goes on before a line that is too long and not at its end yet", async () => {
		writeFileSync(log(), line("c1") + "x".repeat(2_000_000));
		assert.deepEqual(await read(), ["c1"]);
		appendFileSync(log(), `x\n${line("c2")}`);
		assert.deepEqual(await read(), ["c2"]);
		assert.deepEqual(problems(), ["line_too_long"]);
	});

	it("begins again when the log is another one of the same name", async () => {
		writeFileSync(log(), line("c1"));
		await read();
		const other = readFileSync(log(), "utf8").replace("c1", "d1");
		writeFileSync(log(), `{"event":"other beginning"}\n${other}${line("d2")}`);
		assert.deepEqual(await read(), ["d1", "d2"]);
	});

	it("begins again when the log was cut short", async () => {
		writeFileSync(log(), line("c1") + line("c2"));
		await read();
		writeFileSync(log(), line("c3"));
		assert.deepEqual(await read(), ["c3"]);
	});

	it("reads a log to its end that was renamed while nobody looked, whatever its name", async () => {
		writeFileSync(log(), line("c1"));
		await read();
		appendFileSync(log(), line("c2"));
		renameSync(log(), folder.file("moved-away"));
		writeFileSync(log(), line("c3"));
		assert.deepEqual(await read(), ["c2", "c3"]);
		assert.deepEqual(await read(), []);
	});

	it("reads a log that is renamed meanwhile to its end, and knows it next time", async () => {
		writeFileSync(log(), line("c1"));
		const renamed = folder.file("agent-events.2026-01-01T00-00-00.000Z.jsonl");
		await read(async (reader) => {
			appendFileSync(log(), line("c2"));
			renameSync(log(), renamed);
			writeFileSync(log(), line("c3"));
			await reader.catchUp();
		});
		assert.deepEqual(ids(), ["c1", "c2", "c3"]);
		assert.deepEqual(await read(), []);
		appendFileSync(renamed, line("late"));
		assert.deepEqual(await read(), ["late"]);
	});

	it("reads renamed logs in their order, then the present one", async () => {
		writeFileSync(folder.file("agent-events.2026-02-01.jsonl"), line("c2"));
		writeFileSync(folder.file("agent-events.2026-01-01.jsonl"), line("c1"));
		writeFileSync(log(), line("c3"));
		writeFileSync(folder.file("agent-events-of-others.jsonl"), line("no"));
		assert.deepEqual(await read(), ["c1", "c2", "c3"]);
	});

	it("waits for a log that is not there", async () => {
		rmSync(log(), { force: true });
		const found = await read(async (reader) => {
			writeFileSync(log(), line("c1"));
			await reader.catchUp();
		});
		assert.deepEqual(found, ["c1"]);
	});

	it("hands out at most a few thousand events at a time", async () => {
		const many = Array.from({ length: 20_000 }, (_, index) => line(`c${index}`));
		writeFileSync(log(), many.join(""));
		assert.equal((await read()).length, 20_000);
		assert(batches.length >= 3);
		assert(batches.every((batch) => batch.events.length < 7000));
	});

	it("reads every line once, however it is written, cut, renamed and left off", async () => {
		const step = fc.record({
			lines: fc.nat(30),
			cutAt: fc.double({ min: 0, max: 1, noNaN: true }),
			isRenamed: fc.boolean(),
			isRead: fc.boolean(),
		});
		const run = async (
			steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
		) => {
			for (const name of readdirSync(folder.path)) rmSync(folder.file(name));
			cursors.clear();
			const written: string[] = [];
			const found: string[] = [];
			for (const [index, { lines, cutAt, isRenamed, isRead }] of steps.entries()) {
				const fresh = Array.from({ length: lines }, (_, number) => `c${index}-${number}`);
				written.push(...fresh);
				const text = fresh.map(line).join("");
				const cut = Math.floor(text.length * cutAt);
				appendFileSync(log(), text.slice(0, cut));
				if (isRead) found.push(...(await read()));
				appendFileSync(log(), text.slice(cut));
				if (isRenamed) renameSync(log(), folder.file(`agent-events.${100 + index}.jsonl`));
			}
			found.push(...(await read()));
			assert.deepEqual(found, written);
		};
		await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 8 }), run), { numRuns: 40 });
	});
});
