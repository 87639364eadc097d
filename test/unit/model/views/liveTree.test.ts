import assert from "node:assert/strict";
import { formatCount, formatDuration } from "../../../../src/model/views/format.ts";
import { LiveTree } from "../../../../src/model/views/liveTree.ts";
import type { NodeView } from "../../../../src/model/views/view.ts";
import { EventLog, graphOf } from "../../../support/log/eventLog.ts";

function treeOf(events: EventLog["events"], folders: string[] = []) {
	const nodes = new Map<string, NodeView>();
	for (const node of graphOf(events).snapshot().nodes) nodes.set(node.key, node);
	const tree = new LiveTree(nodes, folders);
	const outline = (list: readonly NodeView[]): unknown =>
		list.map((node) => [node.id, outline(tree.children(node.key))]);
	return { tree, nodes, outline: outline(tree.roots) };
}

describe("LiveTree", () => {
	it("nests what lives below its nearest living ancestor", () => {
		const log = new EventLog("s").spawn("t1", "x").start("a1", "x");
		log.spawn("t2", "y", { agent_id: "a1", parent_id: "a1" }).start("a2", "y");
		assert.deepEqual(treeOf(log.events).outline, [["s", [["a1", [["a2", []]]]]]]);
		log.stop("a1", "x");
		assert.deepEqual(treeOf(log.events).outline, [["s", [["a2", []]]]]);
	});

	it("keeps a session that ended while one of its agents lives, and drops it then", () => {
		const log = new EventLog("s").add("session_end").start("a1", "x");
		assert.deepEqual(treeOf(log.events).outline, [["s", [["a1", []]]]]);
		log.stop("a1", "x");
		assert.deepEqual(treeOf(log.events).outline, []);
	});

	it("lists the sessions of the workspace first", () => {
		const other = new EventLog("other").add("prompt", { cwd: "/home/dev/other" });
		const own = new EventLog("own").add("prompt", { cwd: "/home/dev/app/sub" });
		const { tree } = treeOf([...other.events, ...own.events], ["/home/dev/app"]);
		assert.deepEqual(
			tree.roots.map(({ id }) => id),
			["own", "other"],
		);
	});
});

describe("format", () => {
	it("spells spans of time the same everywhere", () => {
		const spans = [-5, 0, 999, 1000, 2949, 59_999, 60_000, 252_000, 3_780_000];
		assert.deepEqual(spans.map(formatDuration), [
			"0 ms",
			"0 ms",
			"999 ms",
			"1.0 s",
			"2.9 s",
			"59.9 s",
			"1 m 0 s",
			"4 m 12 s",
			"1 h 3 m",
		]);
	});

	it("counts one and many", () => {
		assert.equal(formatCount(1, "agent"), "1 agent");
		assert.equal(formatCount(1200, "agent"), "1,200 agents");
	});
});
