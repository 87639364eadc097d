import assert from "node:assert/strict";
import { parseInsightsMessage } from "../../../src/protocol/insightsPageMessage.ts";

const QUERY = { from: 0, until: 5, grain: "day", filter: {} };
const TABLE = {
	...QUERY,
	kind: "functions",
	sortedBy: "calls",
	isDescending: true,
	text: "",
	prefix: "",
	withUnused: false,
	offset: 0,
	limit: 50,
};
const ask = (question: unknown) => parseInsightsMessage({ type: "ask", id: 1, question });

describe("A message of the page of figures", () => {
	it("is let through with nothing but what the protocol names", () => {
		const question = { kind: "insights", ...QUERY, filter: { project: "/p", more: "x" }, more: 1 };
		assert.deepEqual(ask(question), {
			type: "ask",
			id: 1,
			question: { kind: "insights", ...QUERY, filter: { project: "/p" } },
		});
		assert.deepEqual(ask(TABLE), { type: "ask", id: 1, question: TABLE });
		assert.deepEqual(parseInsightsMessage({ type: "ready", path: "/etc" }), { type: "ready" });
	});

	for (const [what, question] of Object.entries({
		"another kind": { kind: "sql", ...QUERY },
		"a period that ends before it begins": { kind: "insights", ...QUERY, from: 9 },
		"a time that is none": { kind: "insights", ...QUERY, until: Number.NaN },
		"an unknown grain": { kind: "insights", ...QUERY, grain: "minute" },
		"a filter that is no text": { kind: "insights", ...QUERY, filter: { project: { $ne: 1 } } },
		"an hour that no week has": { kind: "insights", ...QUERY, filter: { weekHour: 168 } },
		"an unknown column": { ...TABLE, sortedBy: "__proto__" },
		"a negative place": { ...TABLE, offset: -1 },
		"too many functions": { kind: "series", ...QUERY, functionIds: Array(201).fill("x") },
		"a function without a name": { kind: "function", ...QUERY, functionId: "" },
		"calls behind something else": {
			kind: "behind",
			what: "table",
			id: "calls",
			from: 0,
			until: 5,
		},
		"calls of nothing": { kind: "callsOf", ...QUERY, functionId: "", bar: 3 },
		"calls of half a bar": { kind: "callsOf", ...QUERY, functionId: "bash:git", bar: 0.5 },
		"a script without a name": { kind: "script", id: "", from: 0, until: 5 },
		nothing: null,
	})) {
		it(`is refused when it asks with ${what}`, () => assert.equal(ask(question), null));
	}

	it("asks for what stands behind a finding, and opens a sequence by its hash alone", () => {
		const behind = { kind: "behind", what: "violation", id: "git-force-push", from: 0, until: 5 };
		assert.deepEqual(ask({ ...behind, more: 1 }), { type: "ask", id: 1, question: behind });
		const own = { ...behind, functionId: "bash:git" };
		assert.deepEqual(ask(own), { type: "ask", id: 1, question: own });
		const calls = { kind: "callsOf", ...QUERY, functionId: "bash:git", bar: 3, error: "exit_1" };
		assert.deepEqual(ask({ ...calls, more: 1 }), { type: "ask", id: 1, question: calls });
		const script = { kind: "script", id: "c0ffee", from: 0, until: 5 };
		assert.deepEqual(ask(script), { type: "ask", id: 1, question: script });
		const sequence = { type: "openSequence", hash: "a".repeat(64) };
		assert.deepEqual(parseInsightsMessage(sequence), sequence);
		assert.equal(parseInsightsMessage({ ...sequence, hash: "x" }), null);
	});

	it("does with a proposal what the protocol names, and nothing else", () => {
		const message = { type: "proposal", hash: "a".repeat(64), action: "dismissProposal" };
		assert.deepEqual(parseInsightsMessage(message), message);
		assert.equal(parseInsightsMessage({ ...message, action: "clearTelemetry" }), null);
		assert.equal(parseInsightsMessage({ ...message, hash: "../x" }), null);
	});

	it("names sessions and calls by ids alone", () => {
		const call = { type: "openCall", session: "s1", agent: null, call: "toolu_1" };
		assert.deepEqual(parseInsightsMessage(call), call);
		assert.equal(parseInsightsMessage({ ...call, session: "a\nb" }), null);
		assert.equal(parseInsightsMessage({ ...call, agent: 5 }), null);
		assert.equal(parseInsightsMessage({ type: "openSession", session: "x".repeat(257) }), null);
	});

	it("keeps files of three kinds, and no large view", () => {
		const save = { type: "save", mime: "text/csv", name: "cost", data: "a,b" };
		assert.deepEqual(parseInsightsMessage(save), save);
		assert.equal(parseInsightsMessage({ ...save, mime: "text/html" }), null);
		assert.equal(
			parseInsightsMessage({ type: "remember", view: { text: "x".repeat(5000) } }),
			null,
		);
	});
});
