import assert from "node:assert/strict";
import type { NodeView } from "../../../../../src/model/views/view.ts";
import { tableRows } from "../../../../../src/webview/parts/table/tableRows.ts";
import { agentView, START, sessionView } from "../../../../support/page/fakeViews.ts";

const every = (): boolean => true;
const outline = (rows: ReturnType<typeof tableRows>["living"]) =>
	rows.map(({ view, level }) => `${level} ${view.key}`);

describe("the rows of the table", () => {
	it("nests the living below their parents, whatever their order", () => {
		const nodes = [
			sessionView("s1"),
			agentView("a1"),
			agentView("b1", { session: "s2", parent: "s2" }),
			sessionView("s2"),
			agentView("a2", { parent: "a1" }),
		];
		const { living } = tableRows(nodes, every, null);
		assert.deepEqual(outline(living), ["1 s1", "2 a1", "3 a2", "1 s2", "2 b1"]);
	});

	it("lets an agent stand alone whose parent is not listed", () => {
		const nodes = [agentView("a1", { state: "done" }), agentView("a2", { parent: "a1" })];
		const { living, finished } = tableRows(nodes, every, null);
		assert.deepEqual(outline(living), ["1 a2"]);
		assert.deepEqual(outline(finished), ["1 a1"]);
	});

	it("lists the latest two hundred finished and counts the rest", () => {
		const nodes = Array.from({ length: 250 }, (_, i) =>
			agentView(`f${i}`, { state: "done", endedAt: START + i }),
		);
		const rows = tableRows(nodes, every, 1000);
		assert.equal(rows.finished.length, 200);
		assert.equal(rows.finished[0]?.view.key, "f249");
		assert.equal(rows.more, 800);
		assert.equal(tableRows(nodes, every, null).more, 50);
	});

	it("leaves out what does not pass, and ended sessions", () => {
		const nodes = [sessionView("s1", { state: "done" }), agentView("a1"), agentView("a2")];
		const passes = (view: NodeView): boolean => view.key !== "a2";
		const { living, finished } = tableRows(nodes, passes, null);
		assert.deepEqual([outline(living), finished.length], [["1 a1"], 0]);
	});
});
