import assert from "node:assert/strict";
import { PAGE_SIZE, StatsModel } from "../../../../src/extension/stats/statsModel.ts";
import { sortKeyOf } from "../../../../src/extension/stats/statsSort.ts";
import type { FunctionStats } from "../../../../src/telemetry/figures.ts";
import { statsRow } from "../../../support/telemetry/functionStats.ts";

const ids = (rows: readonly FunctionStats[]) => rows.map((row) => row.function_id);
const called = (id: string, calls: number) => statsRow(id, { calls_total: calls });

function modelOf(...rows: FunctionStats[]): StatsModel {
	const model = new StatsModel();
	model.update(rows, true);
	return model;
}

function crowd(count: number): FunctionStats[] {
	return Array.from({ length: count }, (_, i) => called(`bash:p${i}`, count - i));
}

describe("StatsModel", () => {
	it("groups by kind, in a fixed order, and leaves empty groups out", () => {
		const model = modelOf(
			...["tool:Read", "src/a.ts#f", "bash:git", "mcp:db/query"].map((id) => called(id, 1)),
		);
		assert.deepEqual(model.groups, ["registry", "mcp", "bash", "tool"]);
		assert.deepEqual(model.totals, { functions: 4, calls: 4, errors: 0 });
	});

	it("sorts by each figure, highest first, what is unknown last", () => {
		const model = modelOf(
			statsRow("tool:a", {
				calls_total: 9,
				errors_total: 1,
				error_rate: 1 / 9,
				p95_duration_ms: 5,
				last_used_at: 3,
			}),
			statsRow("tool:b", {
				calls_total: 5,
				errors_total: 3,
				error_rate: 0.6,
				p95_duration_ms: null,
				last_used_at: 9,
			}),
			statsRow("tool:c", {
				calls_total: 1,
				errors_total: 0,
				error_rate: null,
				p95_duration_ms: 70,
				last_used_at: null,
			}),
		);
		const order = (sort: "calls" | "errors" | "errorRate" | "p95" | "lastUsed") => {
			model.setSort(sort);
			return ids(model.listed("tool")).map((id) => id.slice(-1));
		};
		assert.deepEqual(order("calls"), ["a", "b", "c"]);
		assert.deepEqual(order("errors"), ["b", "a", "c"]);
		assert.deepEqual(order("errorRate"), ["b", "a", "c"]);
		assert.deepEqual(order("p95"), ["c", "a", "b"]);
		assert.deepEqual(order("lastUsed"), ["b", "a", "c"]);
	});

	it("orders equals by calls and then by name, whatever order they came in", () => {
		const rows = [called("tool:b", 2), called("tool:c", 3), called("tool:a", 2)];
		const model = modelOf(...rows);
		model.setSort("errors");
		assert.deepEqual(ids(model.listed("tool")), ["tool:c", "tool:a", "tool:b"]);
		const reversed = modelOf(...rows.toReversed());
		reversed.setSort("errors");
		assert.deepEqual(ids(reversed.listed("tool")), ids(model.listed("tool")));
	});

	it("tells only of functions whose figures changed", () => {
		const model = modelOf(called("tool:a", 9), called("tool:b", 5), called("bash:git", 1));
		assert.deepEqual(model.update([called("tool:b", 6), called("tool:a", 9)], false), {
			isRoot: false,
			groups: [],
			functions: ["tool:b"],
		});
		assert.deepEqual(
			model.update([called("tool:a", 9), called("tool:b", 6), called("bash:git", 1)], true),
			{ isRoot: false, groups: [], functions: [] },
		);
	});

	it("tells of the group when its order changes, and of the root when a group comes or goes", () => {
		const model = modelOf(called("tool:a", 9), called("tool:b", 5));
		assert.deepEqual(model.update([called("tool:b", 10)], false), {
			isRoot: false,
			groups: ["tool"],
			functions: [],
		});
		assert.equal(model.update([called("bash:git", 1)], false).isRoot, true);
		assert.equal(model.update([called("tool:a", 9)], true).isRoot, true);
		assert.deepEqual(ids(model.listed("tool")), ["tool:a"]);
		assert.deepEqual(model.groups, ["tool"]);
	});

	it("filters by words in any case, and gives everything back", () => {
		const model = modelOf(
			...["bash:git commit", "bash:git push", "bash:npm test", "tool:Grep"].map((id) =>
				called(id, 1),
			),
		);
		assert.equal(model.setFilter("COMMIT  git").isRoot, true);
		assert.deepEqual(model.groups, ["bash"]);
		assert.deepEqual(ids(model.listed("bash")), ["bash:git commit"]);
		model.setFilter("no such thing");
		assert.deepEqual(model.groups, []);
		model.setFilter("");
		assert.equal(model.matching("bash").length, 3);
	});

	it("lists what nobody called only when that is asked for, by the toggle or by a filter", () => {
		const model = modelOf(called("bash:git", 2), called("src/a.ts#f", 0));
		assert.deepEqual([model.groups, model.totals.functions], [["bash"], 2]);
		assert.equal(model.toggleUnused().isRoot, true);
		assert.deepEqual(model.groups, ["registry", "bash"]);
		model.toggleUnused();
		assert.deepEqual(model.groups, ["bash"]);
		model.setFilter("a.ts");
		assert.deepEqual(model.groups, ["registry"]);
	});

	it("keeps the filter for functions that come later", () => {
		const model = modelOf();
		model.setFilter("git");
		model.update([called("bash:npm", 3), called("bash:git", 1)], false);
		assert.deepEqual(ids(model.listed("bash")), ["bash:git"]);
	});

	it("tells of every group when another order adds another figure to its rows", () => {
		const model = modelOf(called("tool:a", 2), called("bash:git", 1));
		assert.deepEqual(model.setSort("p95").groups, ["bash", "tool"]);
		assert.deepEqual(model.setSort("p95").groups, []);
	});

	it("lists 5,000 functions a page at a time", () => {
		const model = modelOf(...crowd(5000));
		assert.equal(model.listed("bash").length, PAGE_SIZE);
		assert.equal(model.matching("bash").length, 5000);
		assert.deepEqual(model.showMore("bash").groups, ["bash"]);
		assert.equal(model.listed("bash").length, 6 * PAGE_SIZE);
	});

	it("tells of nothing when one of 5,000 changes that is not listed", () => {
		const model = modelOf(...crowd(5000));
		const change = model.update([called("bash:p4000", 1001)], false);
		assert.deepEqual(change, { isRoot: false, groups: [], functions: [] });
		const listed = model.update([called("bash:p7", 4993.5)], false);
		assert.deepEqual(listed, { isRoot: false, groups: [], functions: ["bash:p7"] });
	});

	it("takes a stored order that it does not know for the first one", () => {
		assert.equal(sortKeyOf("p95"), "p95");
		for (const stored of [undefined, null, 7, "constructor"]) {
			assert.equal(sortKeyOf(stored), "calls");
		}
	});
});
