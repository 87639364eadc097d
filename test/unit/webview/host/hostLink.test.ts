import assert from "node:assert/strict";
import { EMPTY_COUNTERS } from "../../../../src/model/views/graphMirror.ts";
import { type PageMessage, PROTOCOL_VERSION } from "../../../../src/protocol/messages.ts";
import {
	ErrorReporter,
	MAX_ERROR_LENGTH,
	MAX_ERRORS_PER_MINUTE,
} from "../../../../src/webview/host/errorReporter.ts";
import { HostLink } from "../../../../src/webview/host/hostLink.ts";
import { agentView } from "../../../support/page/fakeViews.ts";

const graph = { nodes: [], counters: EMPTY_COUNTERS };
const patch = { upserts: [], removes: [], pulses: [], counters: EMPTY_COUNTERS };

function makeLink() {
	const posted: PageMessage[] = [];
	const taken: string[] = [];
	const post = (message: PageMessage) => {
		posted.push(message);
	};
	const link = new HostLink(
		post,
		{
			onSnapshot: () => taken.push("snapshot"),
			onPatch: () => taken.push("patch"),
			onSettings: () => taken.push("settings"),
			onStatus: () => taken.push("status"),
			onSelect: (key, reveal) => taken.push(`select ${key} ${reveal}`),
			onExportView: (format) => taken.push(`export ${format}`),
			onHighlight: (keys) => taken.push(`highlight ${keys}`),
			onDetail: () => taken.push("detail"),
			onReason: ({ agent, call, text }) => taken.push(`reason ${agent} ${call} ${text}`),
			onSummary: () => taken.push("summary"),
			onRecorded: ({ events }) => taken.push(`recorded ${events.length}`),
			onOutdated: () => taken.push("outdated"),
		},
		new ErrorReporter(post, () => 0),
	);
	const snapshot = (seq: number) =>
		link.receive({ type: "snapshot", protocol: PROTOCOL_VERSION, seq, now: 0, graph });
	const sendPatch = (seq: number) => link.receive({ type: "patch", seq, now: 0, patch });
	return { posted, taken, link, snapshot, sendPatch };
}

describe("the page's end of the channel", () => {
	it("takes patches in order after a snapshot", () => {
		const { taken, posted, snapshot, sendPatch } = makeLink();
		snapshot(5);
		sendPatch(6);
		sendPatch(7);
		assert.deepEqual(taken, ["snapshot", "patch", "patch"]);
		assert.deepEqual(posted, []);
	});

	for (const [what, seqs] of [
		["a gap", [7]],
		["a patch that came twice", [6, 6]],
		["a patch from before", [4]],
	] as const) {
		it(`asks for a resync after ${what}, once, and takes nothing until it comes`, () => {
			const { taken, posted, snapshot, sendPatch } = makeLink();
			snapshot(5);
			for (const seq of seqs) sendPatch(seq);
			const before = taken.length;
			sendPatch(8);
			sendPatch(9);
			assert.equal(taken.length, before);
			assert.deepEqual(posted, [{ type: "resync" }]);
			snapshot(20);
			sendPatch(21);
			assert.deepEqual(taken.slice(before), ["snapshot", "patch"]);
		});
	}

	it("takes no patch before the first snapshot", () => {
		const { taken, posted, sendPatch } = makeLink();
		sendPatch(1);
		assert.deepEqual(taken, []);
		assert.deepEqual(posted, [{ type: "resync" }]);
	});

	it("takes which nodes to point out, or none", () => {
		const { taken, link } = makeLink();
		link.receive({ type: "highlight", keys: ["n1", "n2"] });
		link.receive({ type: "highlight", keys: null });
		assert.deepEqual(taken, ["highlight n1,n2", "highlight null"]);
	});

	it("takes why a node failed", () => {
		const { taken, link } = makeLink();
		link.receive({ type: "reason", session: "s", agent: "a", call: null, text: "no such file" });
		assert.deepEqual(taken, ["reason a null no such file"]);
	});

	it("knows a snapshot of another protocol by its number alone", () => {
		const { taken, link } = makeLink();
		link.receive({ type: "snapshot", protocol: PROTOCOL_VERSION + 1, anything: "else" });
		assert.deepEqual(taken, ["outdated"]);
	});

	for (const message of [
		null,
		7,
		"snapshot",
		[],
		{},
		{ type: "toString" },
		{ type: "__proto__" },
		{ type: "snapshot", protocol: PROTOCOL_VERSION, seq: 1, now: Number.NaN, graph },
		{ type: "patch", seq: 1, now: 0, patch: { ...patch, upserts: [{ key: "a" }] } },
		{
			type: "patch",
			seq: 1,
			now: 0,
			patch: { ...patch, upserts: [agentView("a", { calls: 1 / 0 })] },
		},
		{ type: "status", status: { connection: "fine" } },
		{ type: "select", id: 7, reveal: true },
		{ type: "highlight", keys: [7] },
		{ type: "highlight" },
	]) {
		it(`ignores and reports ${JSON.stringify(message)?.slice(0, 60)}`, () => {
			const { taken, posted, link } = makeLink();
			link.receive(message);
			assert.deepEqual(taken, []);
			assert.equal(posted[0]?.type, "clientError");
		});
	}
});

describe("the error reporter", () => {
	it("cuts long errors and stops after a few in a minute", () => {
		const posted: PageMessage[] = [];
		let now = 0;
		const reporter = new ErrorReporter(
			(message) => posted.push(message),
			() => now,
		);
		for (let i = 0; i < 50; i++) reporter.report(new Error("x".repeat(9999)));
		assert.equal(posted.length, MAX_ERRORS_PER_MINUTE);
		const [first] = posted;
		assert.ok(first?.type === "clientError" && first.message.length === MAX_ERROR_LENGTH);
		now = 60_000;
		reporter.report("again");
		assert.deepEqual(posted.at(-1), { type: "clientError", message: "again" });
	});
});
