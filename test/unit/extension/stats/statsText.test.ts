import assert from "node:assert/strict";
import { detailSections } from "../../../../src/extension/stats/detailSections.ts";
import { functionMarkdown, groupMarkdown } from "../../../../src/extension/stats/statsMarkdown.ts";
import {
	formatRate,
	formatTime,
	functionDescription,
	functionTooltip,
	isFailing,
} from "../../../../src/extension/stats/statsText.ts";
import type { FunctionDetail } from "../../../../src/telemetry/figures.ts";
import { functionLabel } from "../../../../src/telemetry/tables/functionId.ts";
import { statsRow } from "../../../support/telemetry/functionStats.ts";

const GIT = statsRow("bash:git commit", {
	calls_total: 1234,
	calls_24h: 12,
	errors_total: 31,
	error_rate: 31 / 1234,
	p50_duration_ms: 80,
	p95_duration_ms: 2900,
	p99_duration_ms: 61_000,
	last_used_at: 1_780_000_000_000,
	writes_count: 2,
});

const DETAIL: FunctionDetail = {
	functionId: "bash:git commit",
	errors: [{ errorClass: "timeout", count: 3 }],
	calls: [
		{
			id: "c2",
			session: "s1",
			agent: null,
			ts: 2000,
			durationMs: null,
			hasWaited: false,
			success: null,
			errorClass: null,
		},
		{
			id: "c1",
			session: "s1",
			agent: "a1",
			ts: 1000,
			durationMs: 90,
			hasWaited: true,
			success: false,
			errorClass: "timeout",
		},
	],
	writes: [{ ts: 1, filePath: null, linesAdded: 3, linesRemoved: 1 }],
	tests: [],
	versions: [],
};

const VERSION = {
	versionHash: "0123456789abcdef",
	ts: 0,
	filePath: null,
	lines: "3-12",
	gitBlob: null,
	source: "edit_hook" as const,
	copyOf: null,
};

const WRITTEN = " · written by agents 2 times";

describe("The text of a function's row", () => {
	it("leaves out of the label what its group says", () => {
		assert.equal(functionLabel("bash:git commit"), "git commit");
		assert.equal(functionLabel("mcp:db/query"), "db/query");
		assert.equal(functionLabel("src/a.ts#Class.method"), "src/a.ts#Class.method");
	});

	it("shows calls and error rate, and the figure that it is sorted by", () => {
		assert.equal(functionDescription(GIT, "calls"), `1,234 calls · 2.5 % errors${WRITTEN}`);
		assert.equal(
			functionDescription(GIT, "p95"),
			`1,234 calls · 2.5 % errors${WRITTEN} · p95 2.9 s`,
		);
		assert.equal(functionDescription(statsRow("tool:x"), "p95"), "0 calls · p95 –");
	});

	it("never shows a rare error as none", () => {
		assert.deepEqual([0, 0.00001, 0.025, 0.5, 1, null].map(formatRate), [
			"0 %",
			"<0.1 %",
			"2.5 %",
			"50 %",
			"100 %",
			"–",
		]);
	});

	it("has every figure in its tooltip, in lines of plain text", () => {
		const lines = functionTooltip(GIT).split("\n");
		assert.equal(lines[0], "bash:git commit");
		assert.ok(lines.includes("calls: 1,234"));
		assert.ok(lines.includes("p50 / p95 / p99: 80 ms / 2.9 s / 1 m 1 s"));
		assert.ok(lines.includes("writes: 2"));
		assert.ok(lines.includes("tests: none"));
		assert.ok(lines.includes(`last used: ${formatTime(1_780_000_000_000)}`));
	});

	it("warns from 20 calls on, when more than a fifth fail", () => {
		const of = (calls_total: number, error_rate: number) =>
			isFailing(statsRow("tool:x", { calls_total, error_rate }));
		assert.deepEqual([of(20, 0.21), of(20, 0.2), of(19, 1)], [true, false, false]);
	});
});

describe("What stands behind a function's figures", () => {
	it("has a section for everything that there is any of", () => {
		const sections = detailSections(DETAIL);
		assert.deepEqual(
			sections.map(({ name }) => name),
			["errors", "calls", "writes"],
		);
		assert.deepEqual(
			sections[1]?.rows.map(({ label, state, call }) => [label, state, call]),
			[
				["open", "open", { session: "s1", agent: "", call: "c2", name: "session" }],
				[
					"90 ms with wait · timeout",
					"failed",
					{ session: "s1", agent: "a1", call: "c1", name: "agent" },
				],
			],
		);
		assert.match(sections[2]?.rows[0]?.description ?? "", /^\+3 −1 · /);
	});

	it("tells where a version comes from, and what a copy is a copy of", () => {
		const copy = { ...VERSION, source: "copy_detected" as const, copyOf: "a.ts#f" };
		const [section] = detailSections({
			...DETAIL,
			errors: [],
			calls: [],
			writes: [],
			versions: [VERSION, copy],
		});
		assert.deepEqual(
			section?.rows.map(({ label, description }) => [label, description.replace(/ · [^·]*$/, "")]),
			[
				["01234567", "written by an agent · lines 3–12"],
				["01234567", "copy of a.ts#f · lines 3–12"],
			],
		);
	});
});

describe("Markdown to copy", () => {
	it("holds all of one function", () => {
		const text = functionMarkdown(GIT, DETAIL);
		assert.match(text, /^## `bash:git commit`\n/);
		assert.ok(text.includes("| calls | 1,234 |"));
		assert.ok(text.includes("### Errors by class\n\n- `timeout` 3\n"));
	});

	it("is a table for a group, whose cells no name can break", () => {
		const text = groupMarkdown("mcp", [GIT, statsRow("mcp:evil|`x`/<b>\n# no")]);
		assert.match(text, /^## MCP\n\n\| function \| calls \|/);
		assert.ok(text.includes("| `bash:git commit` | 1234 | 31 | 2.5 % | 80 ms | 2.9 s |"));
		assert.ok(text.includes("| `mcp:evil  x /<b> # no` |"));
		assert.equal(text.trim().split("\n").length, 6);
	});
});
