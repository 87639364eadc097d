import type { Outcome } from "../../model/views/view.ts";
import type { RecordedSession } from "../figures.ts";
import type { TelemetryStore } from "../storage/store.ts";
import { startedSessions } from "./sessionStarts.ts";
import { PRICED_TWICE, SESSION_USAGE } from "./usageQueries.ts";

/** Agents of one session, type and outcome. */
interface AgentGroup {
	readonly session: string;
	readonly type: string | null;
	readonly outcome: Outcome | null;
	readonly agents: number;
}

type AgentFigures = Pick<RecordedSession, "agents" | "outcomes" | "failedAgents" | "agentTypes">;

/** Sessions, newest first. @param limit at most so many */
export function recordedSessions(store: TelemetryStore, limit = 1000): RecordedSession[] {
	const groups = new Map<string, AgentGroup[]>();
	for (const group of store.all<AgentGroup>(AGENTS)) {
		const known = groups.get(group.session);
		if (known === undefined) groups.set(group.session, [group]);
		else known.push(group);
	}
	const starters = startedSessions(store);
	const sessions = store
		.all<Omit<RecordedSession, keyof AgentFigures | "startedBy">>(SESSIONS, [limit])
		.map((session) => ({
			...session,
			startedBy: starters.get(session.id) ?? null,
			...figuresOf(groups.get(session.id) ?? []),
		}));
	return starters.size === 0 ? sessions : withStarted(sessions);
}

/** Adds to each session what those used that it started. @param sessions newest first: those before their starters */
function withStarted(sessions: readonly RecordedSession[]): RecordedSession[] {
	const sums = new Map(sessions.map((session) => [session.id, { ...session }]));
	for (const { id } of sessions) {
		const own = sums.get(id);
		const above = sums.get(own?.startedBy ?? "");
		if (own === undefined || above === undefined) continue;
		Object.assign(above, {
			tokens: added(above.tokens, own.tokens),
			costUsd: added(above.costUsd, own.costUsd),
			messagesWithoutPrice: above.messagesWithoutPrice + own.messagesWithoutPrice,
		});
	}
	return [...sums.values()];
}

function added(a: number | null, b: number | null): number | null {
	return a === null || b === null ? (a ?? b) : a + b;
}

function figuresOf(groups: readonly AgentGroup[]): AgentFigures {
	const outcomes = new Map<Outcome, number>();
	for (const { outcome, agents } of groups) {
		if (outcome !== null) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + agents);
	}
	return {
		agents: groups.reduce((sum, { agents }) => sum + agents, 0),
		outcomes: [...outcomes].map(([outcome, agents]) => ({ outcome, agents })),
		failedAgents: outcomes.get("fail") ?? 0,
		agentTypes: [...new Set(groups.flatMap(({ type }) => type ?? []))].sort(),
	};
}

const SESSIONS = `SELECT s.session_id AS id, s.client, s.cwd, s.model, s.started_at AS startedAt,
	s.ended_at AS endedAt, ifnull(t.calls, 0) AS calls,
	ifnull(t.errors, 0) AS failedCalls, u.tokens, u.costUsd,
	ifnull(u.messagesWithoutPrice, 0) AS messagesWithoutPrice, p.ownUsd, p.listUsd
	FROM sessions AS s LEFT JOIN session_totals AS t ON t.session_id = s.session_id
	LEFT JOIN (${SESSION_USAGE}) AS u ON u.session_id = s.session_id
	LEFT JOIN (${PRICED_TWICE}) AS p ON p.session_id = s.session_id
	WHERE s.started_at IS NOT NULL
	ORDER BY s.started_at DESC, s.session_id LIMIT ?`;
const AGENTS = `SELECT session_id AS session, agent_type AS type, outcome, count(*) AS agents
	FROM agents GROUP BY session_id, agent_type, outcome`;
