import { formatCost, formatCount, formatDuration, formatTokens } from "./format.ts";
import type { NodeView } from "./view.ts";

/** A call that is open for less is not told: it would be gone before it is read. */
const LEAST_CALL_MS = 2000;
const MCP = /^mcp__(.+?)__(.+)$/s;

/** A tool's name; that of an MCP server's as "github · create_issue". */
export function toolName(tool: string): string {
	const [, server, name] = MCP.exec(tool) ?? [];
	return server === undefined || name === undefined ? tool : `${server} · ${name}`;
}

/**
 * What a node is doing at the moment, as in "Bash cargo · 12 s"; empty where that is not known.
 *
 * @param now ms since the epoch
 * @param step steps in which the age grows, ms
 */
export function doingText({ call }: Pick<NodeView, "call">, now: number, step = 1000): string {
	const age = call === null ? 0 : now - call.since;
	if (call === null || age < LEAST_CALL_MS) return "";
	const what = [toolName(call.tool), call.detail].filter(Boolean).join(" ");
	return `${what} · ${ageText(Math.max(1000, age - (age % step)))}`;
}

/** What is to be said of a node at a glance besides its name, line by line. */
export function cardLines(view: NodeView, now: number, quiet: string): string[] {
	const { calls, failures, startedAt, endedAt, tokens, costUsd } = view;
	const took = formatDuration((endedAt ?? now) - startedAt);
	const failed = failures === 0 ? "" : `, ${failures.toLocaleString("en-US")} failed`;
	const usage = [
		tokens === null ? "" : `${formatTokens(tokens)} tokens`,
		costUsd === null ? "" : formatCost(costUsd, view.isCostPartial),
	];
	const lines = [
		view.description,
		stateLine(view, now),
		quiet,
		`${endedAt === null ? "for" : "took"} ${took} · ${formatCount(calls, "call")}${failed}`,
		usage.filter(Boolean).join(" · "),
		view.model,
	];
	return lines.filter((line) => line !== "");
}

function stateLine(view: NodeView, now: number): string {
	const { waiting, outcome } = view;
	if (waiting !== null) {
		return `waits for you: ${toolName(waiting.tool)} · ${ageText(now - waiting.since)}`;
	}
	const state = outcome === null ? view.state : `${view.state}, ${outcome}`;
	return doingText(view, now) || state;
}

/** A time that goes on, in whole seconds: it is told once a second at most. */
export function ageText(ms: number): string {
	const seconds = Math.max(0, Math.floor(ms / 1000));
	return seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000);
}
