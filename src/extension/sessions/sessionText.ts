import { clientTitle } from "../../ingest/clients/clientIdentities.ts";
import {
	formatCost,
	formatCount,
	formatDateTime,
	formatDuration,
	formatMoment,
	formatTokens,
} from "../../model/views/format.ts";
import type { RecordedSession } from "../../telemetry/figures.ts";
import { otherPriceText } from "../../telemetry/queries/costText.ts";
import type { SessionBeginning } from "../../transcripts/readTranscript.ts";
import { filterText, type SessionFilter } from "./sessionFilter.ts";
import type { PromptSearchState } from "./sessionsQuery.ts";

/** Longest title that a row shows. */
const TITLE_LENGTH = 80;

/** What a session was asked first, on one line; its folder where no transcript tells. */
export function sessionLabel({ cwd, id }: RecordedSession, prompt: string | null): string {
	const text = (prompt ?? "").replace(/\s+/g, " ").trim();
	if (text !== "") return text.length > TITLE_LENGTH ? `${text.slice(0, TITLE_LENGTH)}…` : text;
	return folderOf(cwd) || `Session ${id.slice(0, 8)}`;
}

/**
 * "10:23 · 12 m 4 s · 3 agents · 2 failed · 182 k tokens · $1.90"; "running" while it goes on
 *
 * @param now ms since the epoch
 * @param client whose it is, where that is to be told
 */
export function sessionDescription(
	session: RecordedSession,
	now: number,
	isRunning = false,
	client = "",
): string {
	const { startedAt, endedAt, agents, failedCalls, tokens, costUsd } = session;
	const failed = failedCalls + session.failedAgents;
	return [
		client,
		formatMoment(startedAt, now),
		isRunning ? "running" : endedAt === null ? "" : formatDuration(endedAt - startedAt),
		agents === 0 ? "" : formatCount(agents, "agent"),
		failed === 0 ? "" : `${failed.toLocaleString("en-US")} failed`,
		tokens === null ? "" : `${formatTokens(tokens)} tokens`,
		costUsd === null ? "" : formatCost(costUsd, session.messagesWithoutPrice > 0),
	]
		.filter((part) => part !== "")
		.join(" · ");
}

/** Name of a codicon: how a session that is over came out, and of one that runs that it does. */
export function sessionIcon(
	{ failedAgents, outcomes }: Pick<RecordedSession, "failedAgents" | "outcomes">,
	isRunning: boolean,
): string {
	if (isRunning) return "play-circle";
	if (failedAgents > 0) return "error";
	return outcomes.length > 0 ? "pass" : "comment-discussion";
}

/** Plain text: titles and folders come from outside. */
export function sessionTooltip(
	session: RecordedSession,
	beginning: SessionBeginning,
	isRunning = false,
): string {
	const { cwd, model, startedAt, endedAt, calls, failedCalls, agents, outcomes } = session;
	const { tokens, costUsd, messagesWithoutPrice } = session;
	const came = outcomes.map(({ outcome, agents: count }) => `${formatNumber(count)} ${outcome}`);
	const { prompt, branch } = beginning;
	const pricedTwice = otherPriceText(session);
	return [
		(prompt ?? "").slice(0, 1000),
		`client: ${clientTitle(session.client)}`,
		cwd === null ? "" : `folder: ${cwd}`,
		branch === "" ? "" : `branch: ${branch}`,
		model === null ? "" : `model: ${model}`,
		`started: ${formatDateTime(startedAt)}`,
		isRunning
			? "runs now"
			: endedAt === null
				? ""
				: `ended: ${formatDateTime(endedAt)}, after ${formatDuration(endedAt - startedAt)}`,
		`calls: ${formatNumber(calls)}, ${formatNumber(failedCalls)} failed, those of all agents`,
		tokens === null ? "" : `tokens: ${formatTokens(tokens)}, those of all agents`,
		costUsd === null ? "" : `cost: ${pricedTwice || formatCost(costUsd, messagesWithoutPrice > 0)}`,
		`agents: ${[formatNumber(agents), ...came].join(", ")}`,
		`session: ${session.id}`,
	]
		.filter((line) => line !== "")
		.join("\n");
}

/** What the view says above its rows; empty where all sessions are shown. */
export function queryText(
	{ filter, search }: { readonly filter: SessionFilter; readonly search: PromptSearchState | null },
	shown: number,
): string {
	const filtered = filterText(filter);
	if (search === null) {
		return filtered === "" ? "" : `${filtered}: ${formatCount(shown, "session")}`;
	}
	const { text, done, total } = search;
	const found = `${formatCount(shown, "session")} asked “${text}”`;
	const where = filtered === "" ? "" : ` (${filtered})`;
	const rest =
		done < total ? `, looked through ${formatNumber(done)} of ${formatNumber(total)}` : "";
	return `${found}${where}${rest}`;
}

function formatNumber(value: number): string {
	return value.toLocaleString("en-US");
}

function folderOf(cwd: string | null): string {
	return (cwd ?? "").split(/[\\/]/).findLast((part) => part !== "") ?? "";
}
