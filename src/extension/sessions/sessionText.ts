import {
	formatCost,
	formatCount,
	formatDateTime,
	formatDuration,
	formatTimeOfDay,
	formatTokens,
} from "../../model/views/format.ts";
import type { RecordedSession } from "../../telemetry/figures.ts";

/** Longest title that a row shows. */
const TITLE_LENGTH = 80;

/** What a session was asked first, on one line; its folder where no transcript tells. */
export function sessionLabel({ cwd, id }: RecordedSession, prompt: string | null): string {
	const text = (prompt ?? "").replace(/\s+/g, " ").trim();
	if (text !== "") return text.length > TITLE_LENGTH ? `${text.slice(0, TITLE_LENGTH)}…` : text;
	return folderOf(cwd) || `Session ${id.slice(0, 8)}`;
}

/** "10:23 · 12 m 4 s · 3 agents · 2 failed · 182 k tokens · $1.90" */
export function sessionDescription(session: RecordedSession): string {
	const { startedAt, endedAt, agents, failedCalls, tokens, costUsd } = session;
	const failed = failedCalls + session.failedAgents;
	return [
		formatTimeOfDay(startedAt),
		endedAt === null ? "" : formatDuration(endedAt - startedAt),
		agents === 0 ? "" : formatCount(agents, "agent"),
		failed === 0 ? "" : `${failed.toLocaleString("en-US")} failed`,
		tokens === null ? "" : `${formatTokens(tokens)} tokens`,
		costUsd === null ? "" : formatCost(costUsd, session.messagesWithoutPrice > 0),
	]
		.filter((part) => part !== "")
		.join(" · ");
}

/** Plain text: titles and folders come from outside. */
export function sessionTooltip(session: RecordedSession, prompt: string | null): string {
	const { cwd, model, startedAt, calls, failedCalls, agents, failedAgents } = session;
	return [
		(prompt ?? "").slice(0, 1000),
		cwd === null ? "" : `folder: ${cwd}`,
		model === null ? "" : `model: ${model}`,
		`started: ${formatDateTime(startedAt)}`,
		`calls: ${calls.toLocaleString("en-US")}, ${failedCalls.toLocaleString("en-US")} failed`,
		`agents: ${agents.toLocaleString("en-US")}, ${failedAgents.toLocaleString("en-US")} failed`,
		`session: ${session.id}`,
	]
		.filter((line) => line !== "")
		.join("\n");
}

function folderOf(cwd: string | null): string {
	return (cwd ?? "").split(/[\\/]/).findLast((part) => part !== "") ?? "";
}
