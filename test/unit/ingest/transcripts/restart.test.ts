import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, utimesSync, writeFileSync } from "node:fs";
import * as fc from "fast-check";
import type { FilePosition } from "../../../../src/ingest/files/tailedFile.ts";
import { MAX_REREAD_BYTES } from "../../../../src/ingest/transcripts/reading.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";
import { FollowerProbe } from "../../../support/transcripts/fakeTranscripts.ts";

describe("TranscriptFollower after a restart", () => {
	const folder = useTempFolder();
	const file = (): string => folder.file("p/one.jsonl");

	/** One run of a process, from a place on. */
	async function run(start: FilePosition | null): Promise<FollowerProbe> {
		const probe = new FollowerProbe([folder.path], { isFollowing: false, start: () => start });
		await probe.follower.catchUp();
		await probe.follower.dispose();
		return probe;
	}

	beforeEach(() => mkdirSync(folder.file("p")));

	const line = fc.oneof(
		fc.record({ kind: fc.constant("say"), id: fc.nat(9) }),
		fc.record({ kind: fc.constantFrom("use", "result"), id: fc.nat(3) }),
	);

	it("brings the same set of records wherever it was ended", async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(line, { maxLength: 20 }),
				fc.array(fc.nat(300), { maxLength: 5 }),
				async (lines, cuts) => {
					const text = lines.map(({ kind, id }, at) => `${kind} ${id} é${at}\n`).join("");
					const bytes = Buffer.from(text);
					writeFileSync(file(), bytes);
					const whole = new Set((await run(null)).words());
					writeFileSync(file(), "");
					const found = new Set<string>();
					let position: FilePosition | null = null;
					let written = 0;
					for (const cut of [...cuts.sort((a, b) => a - b), bytes.length]) {
						appendFileSync(file(), bytes.subarray(written, Math.max(written, cut)));
						written = Math.max(written, Math.min(cut, bytes.length));
						const probe: FollowerProbe = await run(position);
						for (const word of probe.words()) found.add(word);
						position = probe.position("one") ?? position;
					}
					assert.deepEqual([...found].sort(), [...whole].sort());
				},
			),
			{ numRuns: 150 },
		);
	});

	it("begins before the oldest call that is without its result", async () => {
		writeFileSync(file(), "say a\nuse 1 x\nsay b\n");
		const first = await run(null);
		assert.equal(first.position("one")?.offset, 6);
		appendFileSync(file(), "result 1\n");
		const second = await run(first.position("one"));
		assert.deepEqual(second.words(), ["use 1", "b", "result 1 x"]);
		assert.equal(second.position("one")?.offset, 29);
	});

	it("goes back no further than it is worth", async () => {
		writeFileSync(file(), `use 1 x\n${`say ${"y".repeat(995)}\n`.repeat(10_000)}`);
		const size = 8 + 10_000_000;
		const offset = (await run(null)).position("one")?.offset ?? 0;
		assert.ok(size - offset <= MAX_REREAD_BYTES, `${size - offset}`);
	});

	it("does not open again what is over and was read", async () => {
		writeFileSync(file(), "say a\nuse 1 x\n");
		utimesSync(file(), 1_700_000_000, 1_700_000_000);
		const first = await run(null);
		assert.equal(first.position("one")?.offset, 14);
		assert.deepEqual((await run(first.position("one"))).batches, []);
	});

	it("names what was cut off at its end once nobody writes to it any more, and once", async () => {
		writeFileSync(file(), "say a\nsay b");
		const fresh = await run(null);
		assert.deepEqual([fresh.words(), fresh.problems()], [["a"], []]);
		utimesSync(file(), 1_700_000_000, 1_700_000_000);
		const first = await run(null);
		assert.deepEqual([first.words(), first.problems()], [["a"], ["cut_line"]]);
		assert.deepEqual((await run(first.position("one"))).problems(), []);
	});

	it("begins at zero when the file is another one by then", async () => {
		writeFileSync(file(), "say a\nsay b\n");
		const first = await run(null);
		writeFileSync(file(), "say c\nsay d\nsay e\n");
		assert.deepEqual((await run(first.position("one"))).words(), ["c", "d", "e"]);
	});
});
