import assert from "node:assert/strict";
import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { readFirstLine } from "../../../../src/ingest/transcripts/ownership.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";
import { FollowerProbe, fakeClient } from "../../../support/transcripts/fakeTranscripts.ts";
import { toyClient } from "../../../support/transcripts/toyTranscripts.ts";

describe("A transcript whose first line says whose it is", () => {
	const folder = useTempFolder();
	let probe: FollowerProbe;
	const follow = (options: ConstructorParameters<typeof FollowerProbe>[1] = {}): FollowerProbe => {
		probe = new FollowerProbe([folder.path], {
			clients: [fakeClient, toyClient],
			isFollowing: false,
			...options,
		});
		return probe;
	};
	afterEach(() => probe.follower.dispose());

	function put(name: string, content: string): string {
		const file = folder.file(name);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, content);
		return file;
	}

	/** `<client> <session> <agent> <value>` of all that was told, in order. */
	const told = (): string[] =>
		probe.batches
			.flatMap(({ records }) => records.map(({ event }) => event))
			.map((event) => {
				const value = event.event === "numeric_claim" ? event.value : event.event;
				return [event.client, event.session, event.agent, value].join(" ");
			});

	it("is read with its agents, beside another client's below the same folder", async () => {
		put("p/2026/a.log", "toy s1\na1 hello\na2 there\n");
		put("p/one.jsonl", "say x\n");
		await follow().follower.catchUp();
		assert.deepEqual(told().toSorted(), ["fake one  x", "toy s1 a1 hello", "toy s1 a2 there"]);
	});

	it("waits until the line is whole", async () => {
		const file = put("p/a.log", "to");
		await follow().follower.catchUp();
		appendFileSync(file, "y s1");
		await probe.follower.catchUp();
		assert.deepEqual(told(), []);
		appendFileSync(file, "\na1 hello\n");
		await probe.follower.catchUp();
		assert.deepEqual(told(), ["toy s1 a1 hello"]);
	});

	it("waits for no newline behind a whole record that is all of it", async () => {
		const file = put("p/a.log", '{"a":1}');
		assert.equal(await readFirstLine(file), '{"a":1}');
		assert.equal(await readFirstLine(put("p/b.log", '{"a":')), null);
	});

	it("is nobody's where no client knows the line, and is not waited for", async () => {
		const file = put("p/a.log", `other ${"x".repeat(100_000)}\na1 hello\n`);
		put("p/b.log", "toy s1\na1 there\n");
		await follow().follower.catchUp();
		appendFileSync(file, "a1 more\n");
		await probe.follower.catchUp();
		assert.deepEqual(told(), ["toy s1 a1 there"]);
		const { files, bytesDone, bytesTotal, unreadable } = probe.follower.status;
		assert.deepEqual([files, bytesDone - bytesTotal, unreadable], [1, 0, 0]);
	});

	it("is known again when reading begins in the middle of it", async () => {
		const file = put("p/a.log", "toy s1\na1 hello\n");
		await follow().follower.catchUp();
		const position = probe.position("s1");
		await probe.follower.dispose();
		appendFileSync(file, "a1 later\n");
		await follow({ start: () => position }).follower.catchUp();
		assert.deepEqual(told(), ["toy s1 a1 later"]);
	});

	it("is another session's once another content has the path", async () => {
		const file = put("p/a.log", "toy s1\na1 hello\n");
		await follow().follower.catchUp();
		writeFileSync(file, "toy s2\na1 there\na1 again\n");
		await probe.follower.catchUp();
		assert.deepEqual(told(), ["toy s1 a1 hello", "toy s2 a1 there", "toy s2 a1 again"]);
	});

	it("may name what else is to be read, however late that comes", async () => {
		put("p/a.log", "toy s1 p/more.txt\na1 hello\n");
		await follow().follower.catchUp();
		put("p/more.txt", "1");
		await probe.follower.catchUp();
		put("p/more.txt", "22");
		await probe.follower.catchUp();
		assert.deepEqual(told(), ["toy s1 a1 hello", "toy s1  p/more.txt=1", "toy s1  p/more.txt=22"]);
	});
});
