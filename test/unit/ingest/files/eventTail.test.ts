import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import {
	appendFileSync,
	closeSync,
	mkdirSync,
	openSync,
	renameSync,
	rmSync,
	symlinkSync,
	truncateSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { TailProbe } from "../../../support/log/tailProbe.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

describe("EventTail", () => {
	const folder = useTempFolder();
	let probe: TailProbe;
	const follow = (name = "events.jsonl") => {
		probe = new TailProbe(folder.file(name));
		return probe;
	};
	afterEach(() => probe.tail.dispose());

	it("reads what is there and follows what comes", async () => {
		writeFileSync(folder.file("events.jsonl"), "one\ntwo\n");
		follow();
		await probe.until(() => probe.lines.length === 2);
		appendFileSync(folder.file("events.jsonl"), "three\n");
		await probe.until(() => probe.lines.length === 3);
		assert.deepEqual(probe.lines, ["one", "two", "three"]);
		await probe.until(() => probe.status?.state === "following");
		assert.deepEqual(probe.status, { state: "following", offset: 14, size: 14, error: "" });
	});

	it("delivers a line written in two parts 120 ms apart, whole, a hundred times", async () => {
		const logs = Array.from({ length: 10 }, (_, index) => folder.file(`${index}.jsonl`));
		const probes = logs.map((file) => new TailProbe(file));
		probe = probes[0] as TailProbe;
		for (let round = 0; round < 10; round++) {
			const line = `{"event":"é€ ${round}"}`;
			const bytes = Buffer.from(`${line}\n`);
			// The cut falls inside the two-byte character.
			for (const file of logs) appendFileSync(file, bytes.subarray(0, 11));
			await delay(120);
			assert.deepEqual(
				probes.map((each) => each.lines.length),
				Array(10).fill(round),
			);
			for (const file of logs) appendFileSync(file, bytes.subarray(11));
			for (const each of probes) {
				await each.until(() => each.lines.length > round);
				assert.equal(each.lines[round], line);
				assert.deepEqual(each.problems, []);
			}
		}
		for (const each of probes) await each.tail.dispose();
	});

	it("waits for a file that appears later", async () => {
		follow();
		await probe.until(() => probe.status?.state === "missing");
		writeFileSync(folder.file("events.jsonl"), "late\n");
		await probe.until(() => probe.lines.length === 1);
	});

	it("waits for folders that appear later, one by one", async () => {
		follow("a/b/c/events.jsonl");
		await probe.until(() => probe.status?.state === "missing");
		mkdirSync(folder.file("a"));
		mkdirSync(folder.file("a/b/c"), { recursive: true });
		writeFileSync(folder.file("a/b/c/events.jsonl"), "deep\n");
		await probe.until(() => probe.lines.length === 1);
		appendFileSync(folder.file("a/b/c/events.jsonl"), "deeper\n");
		await probe.until(() => probe.lines.length === 2);
	});

	it("says of a named pipe that it cannot be read, and is not held up by it", async () => {
		const file = folder.file("events.jsonl");
		execFileSync("mkfifo", [file]);
		follow();
		await probe.until(() => probe.status?.state === "unreadable");
		rmSync(file);
		writeFileSync(file, "one\n");
		await probe.until(() => probe.lines.length === 1);
	});

	it("re-reads from zero after truncation", async () => {
		const file = folder.file("events.jsonl");
		writeFileSync(file, "one\ntwo\n");
		follow();
		await probe.until(() => probe.lines.length === 2);
		truncateSync(file, 0);
		appendFileSync(file, "new\n");
		await probe.until(() => probe.lines.length === 3);
		assert.equal(probe.lines[2], "new");
	});

	it("notices a rewrite in place that leaves the file longer than it was", async () => {
		const file = folder.file("events.jsonl");
		writeFileSync(file, "one\n");
		follow();
		await probe.until(() => probe.lines.length === 1);
		const handle = openSync(file, "r+");
		writeSync(handle, "other first line\nsecond\n");
		closeSync(handle);
		await probe.until(() => probe.lines.length === 3);
		assert.deepEqual(probe.lines, ["one", "other first line", "second"]);
	});

	it("notices a log in its place of the same size that ends with the same line", async () => {
		const file = folder.file("events.jsonl");
		const last = `last ${"x".repeat(200)}\n`;
		writeFileSync(file, `one\n${last}`);
		follow();
		await probe.until(() => probe.lines.length === 2);
		writeFileSync(file, `two\n${last}`);
		await probe.until(() => probe.lines.length === 4);
		assert.deepEqual(probe.lines, ["one", last.trim(), "two", last.trim()]);
		appendFileSync(file, "more\n");
		await probe.until(() => probe.lines.length === 5);
	});

	for (const [title, before, after] of [
		["the same size", "one\ntwo\n", "one\nTWO\n"],
		["more bytes", "one\ntwo\n", "one\nthree\nfour\n"],
	] as const) {
		it(`reads from zero a file that was rewritten in place with ${title} since it was left`, async () => {
			const end = `${"x".repeat(200)}\n`;
			writeFileSync(folder.file("events.jsonl"), before + end);
			follow();
			await probe.until(() => probe.lines.length === 3);
			const left = probe.tail.position;
			await probe.tail.dispose();
			writeFileSync(folder.file("events.jsonl"), after + end);
			probe = new TailProbe(folder.file("events.jsonl"), left);
			const lines = (after + end).trimEnd().split("\n");
			await probe.until(() => probe.lines.length === lines.length);
			assert.deepEqual(probe.lines, lines);
		});
	}

	it("reads a renamed file to its end before the one that takes its place", async () => {
		const file = folder.file("events.jsonl");
		writeFileSync(file, "one\n");
		follow();
		await probe.until(() => probe.lines.length === 1);
		appendFileSync(file, "last of the old\n");
		renameSync(file, folder.file("events.1.jsonl"));
		writeFileSync(file, "first of the new\n");
		await probe.until(() => probe.lines.length === 3);
		assert.deepEqual(probe.lines, ["one", "last of the old", "first of the new"]);
	});

	it("reads what a late writer still appends to a renamed file", async () => {
		const file = folder.file("events.jsonl");
		writeFileSync(file, "one\n");
		follow();
		await probe.until(() => probe.lines.length === 1);
		renameSync(file, folder.file("events.1.jsonl"));
		await probe.until(() => probe.status?.state === "missing");
		appendFileSync(folder.file("events.1.jsonl"), "late\n");
		await probe.until(() => probe.lines.length === 2);
		writeFileSync(file, "new\n");
		await probe.until(() => probe.lines.length === 3);
	});

	it("follows a file that is removed and made anew", async () => {
		const file = folder.file("events.jsonl");
		writeFileSync(file, "one\n");
		follow();
		await probe.until(() => probe.lines.length === 1);
		rmSync(file);
		writeFileSync(file, "two\n");
		await probe.until(() => probe.lines.length === 2);
		assert.deepEqual(probe.lines, ["one", "two"]);
	});

	it("counts a line that a replacement cut off", async () => {
		const file = folder.file("events.jsonl");
		writeFileSync(file, "one\nhalf");
		follow();
		await probe.until(() => probe.status?.state === "following");
		truncateSync(file, 0);
		appendFileSync(file, "new\n");
		await probe.until(() => probe.lines.length === 2);
		assert.deepEqual(probe.lines, ["one", "new"]);
		assert.deepEqual(probe.problems, ["cut_line"]);
	});

	it("skips and counts lines over the bound", async () => {
		writeFileSync(folder.file("events.jsonl"), `${"x".repeat(2 * 1024 * 1024)}\nafter\n`);
		follow();
		await probe.until(() => probe.lines.length === 1);
		assert.deepEqual([probe.lines, probe.problems], [["after"], ["line_too_long"]]);
	});

	it("says why a log cannot be read and goes on when it can", async () => {
		const file = folder.file("events.jsonl");
		mkdirSync(file);
		follow();
		await probe.until(() => probe.status?.state === "unreadable");
		assert.equal(probe.status?.error, "EISDIR");
		rmSync(file, { recursive: true });
		writeFileSync(file, "readable\n");
		await probe.until(() => probe.lines.length === 1);
	});

	it("goes on when the path itself could not be followed for a while", async () => {
		symlinkSync(folder.file("loop"), folder.file("loop"));
		follow("loop");
		await probe.until(() => probe.status?.state === "unreadable");
		assert.equal(probe.status?.error, "ELOOP");
		rmSync(folder.file("loop"));
		writeFileSync(folder.file("loop"), "one\n");
		await probe.until(() => probe.lines.length === 1);
	});
});
