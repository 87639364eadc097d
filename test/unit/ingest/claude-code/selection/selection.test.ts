import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import * as fc from "fast-check";
import { inProject } from "../../../../../scripts/paths.ts";
import { shortened } from "../../../../../src/ingest/claude-code/selection/shortened.ts";
import { LinesHere } from "../../../../../src/ingest/transcripts/lineWork.ts";
import { ownerOf } from "../../../../../src/ingest/transcripts/ownership.ts";
import type { TranscriptClient } from "../../../../../src/ingest/transcripts/port.ts";
import type { TranscriptRecord } from "../../../../../src/model/events/record.ts";
import { unpriced } from "../../../../support/transcripts/recordedRun.ts";

const LIMIT = 1024;

/** The same client, whose lines are all read as they are. */
const unselected: TranscriptClient = {
	...unpriced,
	newReader: (file) => {
		const reader = unpriced.newReader(file, "events");
		return {
			line: (text) => reader.line(text),
			companion: (name, text) => reader.companion(name, text),
			get hasOpenCalls() {
				return reader.hasOpenCalls;
			},
		};
	},
};

describe("What is selected of a line", () => {
	it("is as good a line, without its long strings", () => {
		const text = fc.oneof(
			fc.string({ unit: "binary" }),
			fc.string({ minLength: LIMIT, maxLength: 3 * LIMIT }),
			fc.constant(`\\"${'x\n"\\'.repeat(LIMIT)}`),
		);
		const value = fc.letrec((tie) => ({
			value: fc.oneof(
				{ depthSize: "small" },
				text,
				fc.integer(),
				fc.boolean(),
				tie("list"),
				tie("map"),
			),
			list: fc.array(tie("value"), { maxLength: 4 }),
			map: fc.dictionary(fc.string({ maxLength: 20 }), tie("value"), { maxKeys: 4 }),
		})).value;
		fc.assert(
			fc.property(value, (any) => {
				const line = JSON.stringify(any);
				const short = JSON.parse(shortened(Buffer.from(line)).toString()) as unknown;
				const expected = JSON.parse(line, (_, each) =>
					typeof each === "string" && Buffer.byteLength(JSON.stringify(each)) - 1 > LIMIT
						? ""
						: each,
				) as unknown;
				assert.deepEqual(short, expected);
			}),
		);
	});

	const folders = ["captures/*/transcripts", "runs/*/projects", "cases/*/projects"];
	const files = folders.flatMap((pattern) =>
		globSync(`${pattern}/**/*.jsonl`, { cwd: inProject("test/fixtures") }),
	);

	it("tells the same events, and the same of every call that anything is derived from", () => {
		let [calls, read] = [0, 0];
		for (const file of files) {
			const relative = file.replace(/^.*?\/(?:transcripts|projects)\//, "");
			const bytes = readFileSync(inProject("test/fixtures", file));
			const all = recordsOf(unselected, relative, bytes, "events");
			if (all === null) continue;
			read++;
			const events = recordsOf(unpriced, relative, bytes, "events") ?? [];
			assert.deepEqual(
				events.map(({ event }) => event),
				all.map(({ event }) => event),
				file,
			);
			const facts = recordsOf(unpriced, relative, bytes, "facts") ?? [];
			const wanted = all.filter(({ event, call }) => call !== null && !isIdle(event));
			const told = facts.filter(({ event, call }) => call !== null && !isIdle(event));
			assert.deepEqual(told, wanted, file);
			calls += wanted.length;
		}
		assert(read > 20 && calls > 100, `${read} files, ${calls} calls`);
	});
});

/** A result of which nothing is derived. */
function isIdle(event: TranscriptRecord["event"]): boolean {
	return event.event === "tool_result" && event.kind !== "shell" && event.kind !== "edit";
}

function recordsOf(
	client: TranscriptClient,
	relativePath: string,
	bytes: Buffer,
	pass: "events" | "facts",
): readonly TranscriptRecord[] | null {
	const owned = ownerOf([client], relativePath);
	if (owned === null || owned === "first_line") return null;
	return new LinesHere(owned, pass).read(bytes, { start: 0, readBefore: 0, isAtEnd: true }).records;
}
