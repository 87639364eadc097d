import assert from "node:assert/strict";
import type { TailStatus } from "../../../src/ingest/files/eventTail.ts";
import { describeSource } from "../../../src/live/sourceStatus.ts";

function factsOf(state: TailStatus["state"], error = "") {
	const tail = { state, offset: 0, size: 0, error };
	return {
		eventsFile: "/log",
		tail,
		phase: "live",
		transcripts: null,
	} as const;
}

const LIVE = { isDemo: false, areHooksReady: false };

describe("describeSource", () => {
	it("tells following, waiting and failing apart", () => {
		const of = (state: TailStatus["state"], error?: string) =>
			describeSource(factsOf(state, error), LIVE);
		assert.equal(of("following").connection, "connected");
		assert.equal(of("missing").connection, "waiting");
		assert.equal(of("unreadable", "EACCES").connection, "disconnected");
		assert.match(of("unreadable", "EACCES").message, /Cannot read \/log: permission denied/);
	});

	it("is connected without a log where transcripts are followed", () => {
		const of = (files: number) =>
			describeSource({ ...factsOf("missing"), transcripts: { status: { files } } }, LIVE);
		assert.equal(of(2).connection, "connected");
		assert.match(of(2).message, /2 transcripts; no hook has written to \/log yet/);
		assert.match(of(1).message, /1 transcript;/);
		assert.equal(of(0).connection, "waiting");
	});

	it("says that hooks are ready where they are installed and have nothing to write yet", () => {
		const ready = describeSource(factsOf("missing"), { ...LIVE, areHooksReady: true });
		assert.deepEqual([ready.connection, ready.areHooksReady], ["waiting", true]);
		assert.match(ready.message, /The hooks are ready: new sessions write to \/log/);
	});

	it("is connected while the demo plays, whatever the log is like", () => {
		assert.deepEqual(describeSource(factsOf("unreadable", "EACCES"), { ...LIVE, isDemo: true }), {
			connection: "connected",
			source: "demo",
			phase: "live",
			message: "Playing the demo.",
			areHooksReady: false,
		});
	});
});
