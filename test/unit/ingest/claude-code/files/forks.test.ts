import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { Forks } from "../../../../../src/ingest/claude-code/files/forks.ts";
import { useTempFolder } from "../../../../support/tempFolder.ts";

const START = Date.UTC(2026, 0, 5, 9);

/** Lines by the second at which each happened, with an id of their own. */
const lines = (...seconds: number[]): string =>
	seconds
		.map((second) => {
			const timestamp = new Date(START + second * 1000).toISOString();
			return `${JSON.stringify({ type: "user", message: { content: "x" }, uuid: `u${second}`, timestamp })}\n`;
		})
		.join("");

describe("Lines that a fork took over", () => {
	const folder = useTempFolder();

	/** @param writtenAt second of the last write; much later than all lines where it is left out */
	function put(name: string, content: string, writtenAt = 1e6): string {
		const file = folder.file(path.join("p", name));
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, content);
		utimesSync(file, START / 1000 + writtenAt, START / 1000 + writtenAt);
		return file;
	}

	/** In a process of its own. */
	const copied = async (file: string) => [...((await new Forks().copiedInto(file)) ?? [])];

	it("are those of the session that ended before the other went on", async () => {
		const old = put("z.jsonl", lines(1, 2, 3));
		const fork = put("a.jsonl", `{"type":"summary"}\n${lines(1, 2, 3, 10, 11)}`);
		assert.deepEqual([await copied(old), await copied(fork)], [[], ["u1", "u2", "u3"]]);
	});

	it("are those of a session that went on before the fork did", async () => {
		const old = put("z.jsonl", lines(1, 2, 3, 4));
		const fork = put("a.jsonl", lines(1, 2, 10));
		assert.deepEqual(await copied(old), []);
		assert.ok((await copied(fork)).includes("u2"));
	});

	it("are found behind a line of the fork's own", async () => {
		const old = put("z.jsonl", lines(1, 2, 3));
		const fork = put("a.jsonl", lines(10, 1, 2, 3, 11));
		assert.deepEqual([await copied(old), await copied(fork)], [[], ["u1", "u2", "u3"]]);
	});

	it("are found where the fork begins behind a compaction, also in a fork of that", async () => {
		const goesOn = (text: string) => text.replace("{", '{"logicalParentUuid":"u1",');
		const old = put("z.jsonl", lines(1, 2, 3, 4), 4);
		const fork = put("b.jsonl", goesOn(lines(3, 4)), 500);
		const second = put("a.jsonl", goesOn(lines(3, 4, 600)), 600);
		put("c.jsonl", goesOn(lines(7, 8)));
		assert.deepEqual(await copied(old), []);
		const taken = async (file: string, ...ids: string[]) =>
			(await copied(file)).filter((id) => ids.includes(id));
		assert.deepEqual(await taken(fork, "u3", "u4"), ["u3", "u4"]);
		assert.deepEqual(await taken(second, "u3", "u4", "u600"), ["u3", "u4"]);
	});

	it("are told while the fork holds nothing else yet", async () => {
		const old = put("z.jsonl", lines(1, 2, 3), 3);
		const fork = put("a.jsonl", lines(1, 2), 500);
		assert.deepEqual([await copied(old), (await copied(fork)).length], [[], 3]);
	});

	it("are found in a file that is made later, and in one that grows", async () => {
		const forks = new Forks();
		const old = put("z.jsonl", lines(1, 2));
		assert.equal(await forks.copiedInto(old), null);
		const fork = put("a.jsonl", "");
		utimesSync(folder.file("p"), 1, 1);
		assert.equal(await forks.copiedInto(fork), null);
		appendFileSync(fork, lines(1, 2, 20));
		assert.deepEqual([...((await forks.copiedInto(fork)) ?? [])], ["u1", "u2"]);
	});

	it("are none of a session that has no lines in common, and of no file at all", async () => {
		put("z.jsonl", lines(1, 2));
		assert.deepEqual(await copied(put("a.jsonl", lines(5, 6))), []);
		assert.deepEqual(await copied(folder.file("p/none.jsonl")), []);
	});
});
