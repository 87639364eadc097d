import assert from "node:assert/strict";
import type { FunctionRow } from "../../../src/insights/insights.ts";
import type { NamedUsage } from "../../../src/insights/usageFigures.ts";
import { reportCsv } from "../../../src/report/csvReport.ts";
import { reportHtml } from "../../../src/report/htmlReport.ts";
import { reportMarkdown } from "../../../src/report/markdownReport.ts";
import type { PeriodReport } from "../../../src/report/report.ts";

const HOSTILE = "</style><script>alert(1)</script>\"'`|*_ =cmd\u202e\u0000\n# x";

const usage = (name: string): NamedUsage => ({
	name,
	messages: 2,
	tokensIn: 10,
	tokensOut: 20,
	cacheRead: 30,
	cacheWrite: 40,
	costUsd: 0.5,
	messagesWithoutPrice: 1,
});

const row = (functionId: string): FunctionRow => ({
	functionId,
	calls: 4,
	errors: 1,
	interrupted: 1,
	errorRate: 0.25,
	meanMs: 10,
	p50Ms: 9,
	p95Ms: 20,
	p99Ms: null,
	sumMs: 40,
	lastUsedAt: 1,
	writes: 0,
	tests: 0,
	testsFailed: 0,
	e2e: 0,
	e2eFailed: 0,
	apps: 0,
	violations: 0,
	versions: 0,
});

function reportOf(name: string): PeriodReport {
	const named = [usage(name)];
	return {
		generatedAt: 0,
		version: "1",
		repository: name,
		insights: {
			query: { from: 0, until: 86_400_000, grain: "day", filter: {} },
			isBehind: false,
			usage: {
				total: usage(""),
				cacheShare: 0.3,
				over: named,
				overByModel: [],
				projects: named,
				models: named,
				clients: named,
				agentTypes: named,
				agentFamilies: named,
				sessions: [{ ...usage(name), project: name, startedAt: null }],
				weekHours: Array.from({ length: 168 }, () => ({ messages: 1, costUsd: 1, tokensOut: 1 })),
			},
			sessions: 1,
			health: [],
			flakyTests: [{ testId: name, functionId: name, runs: 2, failed: 1, lastTs: 0 }],
			violations: [{ ruleId: name, severity: name, count: 1, sessions: 1, lastTs: 0 }],
			patterns: [],
			orphans: [],
			names: { projects: [], models: [], clients: [], clientTitles: [], agentTypes: [] },
		},
		calls: { calls: 4, errors: 1, interrupted: 1 },
		failing: [row(name)],
		slowest: [row(name)],
		sequences: [],
		proposals: [],
	};
}

describe("A report", () => {
	it("lets no name be markup in HTML", () => {
		const html = reportHtml(reportOf(HOSTILE), "hash");
		assert.doesNotMatch(html, /<script|<\/style><|\u202e/);
		assert.ok(!html.includes("\0"));
		assert.equal(html.match(/<\/style>/g)?.length, 1);
	});

	it("lets no name be markup or a new line in Markdown", () => {
		const markdown = reportMarkdown(reportOf(HOSTILE));
		assert.doesNotMatch(markdown, /^# x/m);
		assert.doesNotMatch(markdown, /\u202e/);
		assert.ok(!markdown.includes("\0"));
		const rows = markdown.split("\n").filter((line) => line.startsWith("| `"));
		for (const line of rows) {
			const inCode = line.replace(/`[^`]*`/g, "");
			assert.doesNotMatch(inCode, /<script/);
		}
	});

	it("lets no name be a formula or break its row in CSV", () => {
		const csv = reportCsv(reportOf("=HYPERLINK(1)"));
		assert.match(csv, /project,'=HYPERLINK\(1\),0\.5,10,20,30,40,2,1\r\n/);
		assert.match(reportCsv(reportOf('a"b,c\nd')), /project,"a""b,c\nd",/);
	});

	it("says that a cost is not all of it, and that what was cut off is no failure", () => {
		const markdown = reportMarkdown(reportOf("x"));
		assert.match(markdown, /- Cost: \*\*≥ \$0\.50\*\*/);
		assert.match(markdown, /\| `x` \| 4 \| 1 \| 25 % \| 1 \|/);
	});

	it("calls clients as their makers do", () => {
		const report = reportOf("toy");
		const named = { ...report.insights.names, clients: ["toy"], clientTitles: ["Toy Client"] };
		const titled = { ...report, insights: { ...report.insights, names: named } };
		assert.match(reportCsv(titled), /^client,Toy Client,0\.5,/m);
		assert.match(reportMarkdown(titled), /^\| `Toy Client` \|/m);
		assert.match(reportHtml(titled, ""), /Toy Client/);
		assert.match(reportCsv(titled), /^model,toy,/m);
	});

	it("says so where there is nothing", () => {
		const empty = { ...reportOf("x"), failing: [], slowest: [] };
		assert.match(reportMarkdown(empty), /## Functions that fail\n\nNo call failed\./);
		assert.match(reportHtml(empty, ""), /No call failed\./);
	});
});
