import assert from "node:assert/strict";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import type { LineProblem } from "../../../../src/model/events/lineProblem.ts";
import {
	clientRuns,
	type RecordedFile,
	recordedFiles,
} from "../../../support/transcripts/clientRuns.ts";

type Change = (object: Record<string, unknown>, name: string) => void;

const CHANGES: Readonly<Record<string, Change>> = {
	renamed: (object, name) => {
		object[`${name}New`] = object[name];
		delete object[name];
	},
	missing: (object, name) => {
		delete object[name];
	},
	"null in place": (object, name) => {
		object[name] = null;
	},
	"a number": (object, name) => {
		object[name] = 7;
	},
	"a text": (object, name) => {
		object[name] = "text";
	},
	"a list": (object, name) => {
		object[name] = [null, 1, "x", {}];
	},
	"an object": (object, name) => {
		object[name] = { x: 1 };
	},
};

describe("Lines of clients between versions", () => {
	for (const run of clientRuns) {
		for (const recorded of recordedFiles(run)) {
			it(`are never an error: ${recorded.place}`, () => {
				for (const change of Object.values(CHANGES)) {
					for (let index = 0; index < recorded.lines.length; index++) {
						const line = recorded.lines[index] ?? "";
						for (const changed of variants(line, change)) {
							read(recorded, index, changed);
							for (const entry of recorded.client.entries(changed)) {
								assert.equal(typeof entry.text, "string");
							}
						}
					}
				}
			});
		}

		it(`are named where they tell less for it: ${run}`, () => {
			for (const recorded of recordedFiles(run)) {
				for (const [index, line] of recorded.lines.entries()) {
					const whole = read(recorded, index, line);
					for (const changed of variants(line, CHANGES.renamed ?? assert.fail())) {
						const { events, problems } = read(recorded, index, changed);
						const tellsLess = events.length < whole.events.length;
						if (tellsLess) assert.notDeepEqual(problems, [], changed);
					}
				}
			}
		});

		it(`are named where they are no lines of JSON: ${run}`, () => {
			const recorded = recordedFiles(run)[0] ?? assert.fail();
			assert.deepEqual(read(recorded, 0, "{").problems[0], "not_json");
			assert.deepEqual(read(recorded, 0, "[]").problems[0], "not_an_object");
		});
	}
});

/** Reads a line in another form, with some that stand before and behind it. */
function read({ client, file, lines }: RecordedFile, at: number, line: string) {
	const reader = client.newReader(file);
	const problems: LineProblem[] = [];
	const events: AgentEvent[] = [];
	const around = [...lines.slice(Math.max(0, at - 2), at), line, ...lines.slice(at + 1, at + 4)];
	for (const text of around) {
		if (reader.select?.(Buffer.from(text)) === null) continue;
		const found = reader.line(text);
		problems.push(...found.problems);
		events.push(...found.records.map(({ event }) => event));
	}
	for (const event of events) assert.equal(event.client, client.name);
	return { events, problems };
}

/** A line with each of its fields changed, one at a time. */
function* variants(line: string, change: Change): Generator<string> {
	const count = objectsIn(JSON.parse(line)).length;
	for (let index = 0; index < count; index++) {
		const names = Object.keys(objectsIn(JSON.parse(line))[index] ?? {});
		for (const name of names) {
			const copy: unknown = JSON.parse(line);
			const object = objectsIn(copy)[index];
			if (object !== undefined) change(object, name);
			yield JSON.stringify(copy);
		}
	}
}

function objectsIn(value: unknown): Record<string, unknown>[] {
	if (typeof value !== "object" || value === null) return [];
	const below = Object.values(value).flatMap(objectsIn);
	return Array.isArray(value) ? below : [value as Record<string, unknown>, ...below];
}
