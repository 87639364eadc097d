import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
	appendFileSync,
	mkdirSync,
	renameSync,
	rmSync,
	truncateSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { setImmediate } from "node:timers/promises";
import { MAX_TRANSCRIPT_LINE_BYTES } from "../../../../src/ingest/transcripts/lineWork.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";
import { FollowerProbe } from "../../../support/transcripts/fakeTranscripts.ts";
import { unpriced } from "../../../support/transcripts/recordedRun.ts";

const HOUR_S = 3600;

describe("TranscriptFollower", () => {
	const folder = useTempFolder();
	let probes: FollowerProbe[] = [];
	const follow = (...args: ConstructorParameters<typeof FollowerProbe>): FollowerProbe => {
		const probe = new FollowerProbe(...args);
		probes.push(probe);
		return probe;
	};
	afterEach(async () => {
		for (const { follower } of probes) await follower.dispose();
		probes = [];
	});

	/** @param hoursOld how long ago it was written to */
	function put(name: string, content: string, hoursOld = 0): string {
		const file = folder.file(name);
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, content);
		const time = Date.now() / 1000 - hoursOld * HOUR_S;
		utimesSync(file, time, time);
		return file;
	}

	it("reads what is there and follows what comes", async () => {
		const file = put("p/one.jsonl", "say a\nsay b\n");
		const probe = follow([folder.path]);
		await probe.until(() => probe.words().length === 2);
		appendFileSync(file, "say c\n");
		await probe.until(() => probe.words().length === 3);
		assert.deepEqual(probe.words(), ["a", "b", "c"]);
	});

	it("puts together lines and characters that were cut in half", async () => {
		const bytes = Buffer.from("say é€😀\nsay b\n");
		const file = put("p/one.jsonl", "");
		const probe = follow([folder.path], { isFollowing: false });
		for (const byte of bytes) {
			appendFileSync(file, Buffer.from([byte]));
			await probe.follower.catchUp();
		}
		assert.deepEqual(probe.words(), ["é€😀", "b"]);
		assert.deepEqual(probe.problems(), []);
	});

	it("finds new files, new folders and files in folders made long after it began", async () => {
		put("p/one.jsonl", "say a\n");
		const probe = follow([folder.path]);
		await probe.until(() => probe.words().length === 1);
		put("p/two.jsonl", "say b\n");
		await probe.until(() => probe.words().length === 2);
		const file = put("q/deep/three.jsonl", "say c\n");
		await probe.until(() => probe.words().length === 3);
		appendFileSync(file, "say d\n");
		await probe.until(() => probe.words().length === 4);
		assert.deepEqual(probe.words("three"), ["c", "d"]);
	});

	it("waits for roots that are not there yet", async () => {
		const roots = [folder.file("later/projects"), folder.file("never/projects")];
		const probe = follow(roots);
		await probe.follower.catchUp();
		put("later/projects/p/one.jsonl", "say a\n");
		await probe.until(() => probe.words().length === 1);
		put("later/projects/p/two.jsonl", "say b\n");
		await probe.until(() => probe.words().length === 2);
	});

	it("goes on when a folder was moved away and made again", async () => {
		put("p/s/one.jsonl", "say a\n");
		const probe = follow([folder.path]);
		await probe.until(() => probe.words().length === 1);
		renameSync(folder.file("p/s"), folder.file("p/old"));
		await probe.until(() => probe.words().length === 2);
		const file = put("p/s/two.jsonl", "say b\n");
		await probe.until(() => probe.words("two").length === 1);
		appendFileSync(file, "say c\n");
		await probe.until(() => probe.words("two").length === 2);
	});

	it("reads only what was added", async () => {
		const file = put("p/one.jsonl", "say a\n");
		const probe = follow([folder.path], { isFollowing: false });
		for (const word of ["b", "c"]) {
			await probe.follower.catchUp();
			await probe.follower.catchUp();
			appendFileSync(file, `say ${word}\n`);
		}
		await probe.follower.catchUp();
		assert.deepEqual(probe.words(), ["a", "b", "c"]);
	});

	it("begins again when a file was replaced, truncated or written anew", async () => {
		const file = put("p/one.jsonl", "say a\nsay b\nsay");
		const probe = follow([folder.path], { isFollowing: false });
		await probe.follower.catchUp();
		renameSync(put("other", "say c\nsay d\nsay e\n"), file);
		await probe.follower.catchUp();
		truncateSync(file);
		await probe.follower.catchUp();
		appendFileSync(file, "say f\n");
		await probe.follower.catchUp();
		writeFileSync(file, "say g\nsay h\nsay i\nsay j\n");
		await probe.follower.catchUp();
		assert.deepEqual(probe.words(), [..."abcdefghij"]);
		assert.deepEqual(probe.problems(), ["cut_line"]);
	});

	it("forgets a file that was removed and reads one that comes in its place", async () => {
		const file = put("p/one.jsonl", "say a\n");
		const probe = follow([folder.path], { isFollowing: false });
		await probe.follower.catchUp();
		rmSync(file);
		await probe.follower.catchUp();
		assert.equal(probe.follower.status.files, 0);
		put("p/one.jsonl", "say b\n");
		await probe.follower.catchUp();
		assert.deepEqual(probe.words(), ["a", "b"]);
	});

	it("skips and counts lines over the bound, and takes one just below it", async () => {
		const long = (bytes: number): string => `say ${"x".repeat(bytes - 4)}\n`;
		put(
			"p/one.jsonl",
			`${long(MAX_TRANSCRIPT_LINE_BYTES + 1) + long(MAX_TRANSCRIPT_LINE_BYTES)}say end\n`,
		);
		const probe = follow([folder.path], { isFollowing: false });
		await probe.follower.catchUp();
		assert.deepEqual(probe.problems(), ["line_too_long"]);
		assert.equal(probe.words().length, 2);
		assert.equal(probe.words()[1], "end");
	});

	it("reads the meta file first, however late it comes, and when it changes", async () => {
		put("p/agent-a.jsonl", "say a\n");
		put("p/agent-a.meta.json", "meta 1");
		const late = put("p/agent-b.jsonl", "say b\n");
		put("p/agent-c.jsonl", "say c\n");
		const probe = follow([folder.path]);
		await probe.until(() => probe.words().length === 4);
		assert.deepEqual(probe.words("agent-a"), ["meta 1", "a"]);
		put("p/agent-b.meta.json", "meta 2");
		await probe.until(() => probe.words("agent-b").length === 2);
		put("p/agent-b.meta.json", "meta 22");
		await probe.until(() => probe.words("agent-b").includes("meta 22"));
		appendFileSync(late, "say bb\n");
		await probe.until(() => probe.words("agent-b").includes("bb"));
		assert.deepEqual(probe.words("agent-c"), ["c"]);
	});

	it("does not count a meta file that was caught half-written", async () => {
		put("p/agent-a.jsonl", "say a\n");
		put("p/agent-a.meta.json", "me");
		const probe = follow([folder.path], { isFollowing: false });
		await probe.follower.catchUp();
		put("p/agent-a.meta.json", "meta 1");
		await probe.follower.catchUp();
		assert.deepEqual(probe.words(), ["a", "meta 1"]);
		assert.deepEqual(probe.problems(), []);
		put("p/agent-a.meta.json", "never any good", 0.1);
		await probe.follower.catchUp();
		await probe.follower.catchUp();
		await probe.follower.catchUp();
		assert.deepEqual(probe.problems(), ["not_json"]);
	});

	it("reads a thousand files, newest first, once each", async () => {
		for (let index = 0; index < 1000; index++) {
			put(`p${index % 20}/s${index}.jsonl`, `say ${index}\n`, 2000 - index);
		}
		const probe = follow([folder.path]);
		await probe.follower.catchUp();
		const expected = Array.from({ length: 1000 }, (_, index) => String(999 - index));
		assert.deepEqual(probe.words(), expected);
		const { files, bytesDone, bytesTotal, isReadingHistory } = probe.follower.status;
		assert.deepEqual([files, bytesDone, isReadingHistory], [1000, bytesTotal, false]);
	});

	it("lets a session that runs overtake history that is being read", async () => {
		put("p/big.jsonl", "say x\n".repeat(100_000), 5);
		put("p/older.jsonl", "say y\n", 6);
		const probe = follow([folder.path], {}, async () => {
			if (probe.batches.length > 1) return;
			put("p/now.jsonl", "say now\n");
			while (probe.follower.status.files < 3) await setImmediate();
		});
		await probe.until(() => probe.words("now").length === 1);
		assert.ok(probe.words("big").length < 100_000);
		await probe.follower.catchUp();
		assert.equal(probe.words("big").length, 100_000);
	});

	it("stops reading history in the middle of a file, and goes on where it stopped", async () => {
		put("p/big.jsonl", "say x\n".repeat(50_000), 5);
		put("p/older.jsonl", "say y\n", 6);
		const probe = follow([folder.path], {}, ({ file }) => {
			if (file.session === "big" && probe.batches.length === 1) probe.follower.stopHistory();
		});
		await probe.until(() => probe.status?.isHistoryStopped === true);
		const live = put("p/now.jsonl", "say now\n");
		await probe.until(() => probe.words("now").length === 1);
		appendFileSync(live, "say later\n");
		await probe.until(() => probe.words("now").length === 2);
		await probe.follower.catchUp();
		assert.ok(probe.words("big").length < 50_000);
		assert.deepEqual(probe.words("older"), []);
		probe.follower.resumeHistory();
		await probe.follower.catchUp();
		assert.equal(probe.words("big").length, 50_000);
		assert.deepEqual(probe.words("older"), ["y"]);
		assert.equal(probe.follower.status.isHistoryStopped, false);
	});

	it("leaves files alone that were written before the time asked for, until they are written", async () => {
		const old = put("p/old.jsonl", "say a\n", 30);
		put("p/new.jsonl", "say b\n", 3);
		const modifiedSince = Date.now() - 24 * HOUR_S * 1000;
		const probe = follow([folder.path], { modifiedSince });
		await probe.follower.catchUp();
		assert.deepEqual(probe.words(), ["b"]);
		assert.equal(probe.follower.status.files, 1);
		appendFileSync(old, "say c\n");
		await probe.until(() => probe.words("old").length === 2);
	});

	it("passes over what cannot be read", async () => {
		put("p/one.jsonl", "say a\n");
		mkdirSync(folder.file("p/folder.jsonl"), { recursive: true });
		put("p/readme.txt", "say no\n");
		const probe = follow([folder.path], { isFollowing: false });
		await probe.follower.catchUp();
		assert.deepEqual(probe.words(), ["a"]);
		assert.equal(probe.follower.status.unreadable, 0);
	});

	it("is not held up by a named pipe among the transcripts, before and while it follows", async () => {
		put("p/one.jsonl", "say a\n");
		put("p/agent-x.jsonl", "say x\n", 1);
		execFileSync("mkfifo", [folder.file("p/before.jsonl")]);
		execFileSync("mkfifo", [folder.file("p/agent-x.meta.json")]);
		const probe = follow([folder.path]);
		await probe.until(() => probe.words().length === 2);
		execFileSync("mkfifo", [folder.file("p/pipe.jsonl")]);
		put("p/two.jsonl", "say b\n");
		await probe.until(() => probe.words().length === 3);
		assert.deepEqual(probe.words().toSorted(), ["a", "b", "x"]);
	});

	it("takes no folder for a transcript, whenever it is made", async () => {
		put("p/one.jsonl", "say a\n");
		const probe = follow([folder.path]);
		await probe.until(() => probe.words().length === 1);
		mkdirSync(folder.file("p/folder.jsonl"));
		put("p/two.jsonl", "say b\n");
		await probe.until(() => probe.words().length === 2);
		await probe.follower.catchUp();
		assert.deepEqual(probe.words(), ["a", "b"]);
		assert.deepEqual([probe.follower.status.files, probe.follower.status.unreadable], [2, 0]);
	});

	it("loses nothing behind a line with very many parts", async () => {
		const count = 200_000;
		const parts = Array(count).fill('{"type":"tool_use","id":"c","name":"x"}').join(",");
		const head = '"sessionId":"s1","timestamp":"2026-01-01T10:00:00.000Z"';
		const line = `{"type":"assistant",${head},"message":{"id":"m","content":[${parts}]}}`;
		const next = `{"type":"user",${head},"message":{"content":"go"}}`;
		put("p/s1.jsonl", `${line}\n${next}\n`);
		const probe = follow([folder.path], { isFollowing: false, clients: [unpriced] });
		await probe.follower.catchUp();
		const events = probe.batches.flatMap(({ records }) => records.map(({ event }) => event.event));
		assert.deepEqual([events.length, events.at(-1)], [count + 1, "prompt"]);
	});
});
