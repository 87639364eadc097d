import type { FunctionRow } from "../insights/insights.ts";
import { type NamedUsage, tokensOf, type UsageSum } from "../insights/usageFigures.ts";
import {
	formatCost,
	formatDateTime,
	formatDuration,
	formatTokens,
	UNKNOWN,
} from "../model/views/format.ts";
import { shortList } from "../sequences/proposals/shortList.ts";
import { savingText } from "../sequences/texts/effectText.ts";
import { proposalReason, proposalTitle } from "../sequences/texts/proposalText.ts";
import { clientUsage } from "./clientUsage.ts";
import type { PeriodReport, ReportTable } from "./report.ts";

/** Rows of a table at most; all of them are in the other formats. */
const MOST = 20;

/** The few numbers at the head of a report. */
export function headlines({ insights, calls }: PeriodReport): [label: string, value: string][] {
	const { usage, sessions } = insights;
	return [
		["Cost", costOf(usage.total)],
		["Tokens", formatTokens(tokensOf(usage.total))],
		["Read from the cache", percentOf(usage.cacheShare)],
		["Sessions", count(sessions)],
		["Calls", count(calls.calls)],
		["Failed", `${count(calls.errors)} (${percentOf(rateOf(calls.errors, calls.calls))})`],
	];
}

/** The parts of a report, in their order. */
export function tablesOf(report: PeriodReport): ReportTable[] {
	const { query, usage, violations, flakyTests } = report.insights;
	const grain = `${query.grain[0]?.toUpperCase()}${query.grain.slice(1)}`;
	return [
		usageTable(`By ${query.grain}`, grain, usage.over.filter(isUsed), usage.over.length),
		usageTable("By project", "Project", usage.projects),
		usageTable("By model", "Model", usage.models),
		usageTable("By agent type", "Agent type", usage.agentTypes),
		usageTable("By client", "Client", clientUsage(report.insights)),
		usageTable("Dearest sessions", "Session", usage.sessions, MOST),
		functionTable("Functions that fail", report.failing, "No call failed."),
		functionTable("Slowest functions", report.slowest, "No duration is known."),
		{
			title: "Sequences",
			head: ["Sequence", "Times", "Sessions", "Succeeded", "Takes"],
			rows: report.sequences
				.slice(0, MOST)
				.map((one) => [
					one.functionIds.join(" → "),
					count(one.occurrences),
					count(one.sessions),
					percentOf(one.successRate),
					one.meanDurationMs === null ? UNKNOWN : formatDuration(one.meanDurationMs),
				]),
			empty: "No sequence was found yet.",
		},
		{
			title: "Proposals",
			head: ["Proposal", "Why", "Effect"],
			rows: shortList(report.proposals).map((proposal) => [
				proposalTitle(proposal),
				proposalReason(proposal),
				savingText(proposal),
			]),
			empty: "Nothing is proposed.",
		},
		{
			title: "Violations",
			head: ["Rule", "Severity", "Times", "Sessions", "Last"],
			rows: violations.map((each) => [
				each.ruleId,
				each.severity,
				count(each.count),
				count(each.sessions),
				formatDateTime(each.lastTs),
			]),
			empty: "No rule was broken.",
		},
		{
			title: "Flaky tests",
			head: ["Test", "Function", "Runs", "Failed", "Last"],
			rows: flakyTests.map((each) => [
				each.testId,
				each.functionId ?? UNKNOWN,
				count(each.runs),
				count(each.failed),
				formatDateTime(each.lastTs),
			]),
			empty: "No test passed and failed without a change between.",
		},
	];
}

/** US dollars, and whether that is all. */
function costOf({ costUsd, messagesWithoutPrice }: UsageSum): string {
	return formatCost(costUsd, messagesWithoutPrice > 0 && costUsd !== null);
}

function usageTable(
	title: string,
	head: string,
	rows: readonly NamedUsage[],
	most = MOST,
): ReportTable {
	const shown = rows.slice(0, most);
	const dearest = Math.max(0, ...shown.map(({ costUsd }) => costUsd ?? 0));
	return {
		title,
		head: [head, "Cost", "Tokens", "Input", "Output", "Cache read", "Cache write", "Messages"],
		rows: shown.map((row) => [
			row.name === "" ? "unknown" : row.name,
			costOf(row),
			formatTokens(tokensOf(row)),
			formatTokens(row.tokensIn),
			formatTokens(row.tokensOut),
			formatTokens(row.cacheRead),
			formatTokens(row.cacheWrite),
			count(row.messages),
		]),
		bars: shown.map(({ costUsd }) => (dearest === 0 ? 0 : (costUsd ?? 0) / dearest)),
		empty: "No tokens are known: they stand in transcripts.",
	};
}

function functionTable(title: string, rows: readonly FunctionRow[], empty: string): ReportTable {
	return {
		title,
		head: ["Function", "Calls", "Failed", "Share", "Interrupted", "p50", "p95"],
		rows: rows.map((row) => [
			row.functionId,
			count(row.calls),
			count(row.errors),
			percentOf(row.errorRate),
			count(row.interrupted),
			durationOf(row.p50Ms),
			durationOf(row.p95Ms),
		]),
		bars: rows.map(({ errorRate }) => errorRate ?? 0),
		empty,
	};
}

function isUsed({ messages }: UsageSum): boolean {
	return messages > 0;
}

function rateOf(part: number, whole: number): number | null {
	return whole === 0 ? null : part / whole;
}

function percentOf(share: number | null): string {
	return share === null ? UNKNOWN : `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

function durationOf(ms: number | null): string {
	return ms === null ? UNKNOWN : formatDuration(ms);
}

function count(value: number): string {
	return value.toLocaleString("en-US");
}
