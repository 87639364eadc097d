import type { SkillUseEvent, ToolResultEvent } from "../../model/events/events.ts";
import { UNNAMED_SESSION } from "./callRow.ts";
import { UNKNOWN } from "./functionId.ts";
import type { Statements } from "./statements.ts";

/**
 * A use of a skill, which the result of its call is, whoever tells of it. That it failed beats that
 * it went well.
 */
export function writeSkill(
	statements: Statements,
	session: string,
	event: ToolResultEvent | SkillUseEvent,
): void {
	statements.run(WRITE, [
		event.ts,
		session,
		event.agent || null,
		event.skill || UNKNOWN,
		event.success ? 1 : 0,
		event.durationMs,
		event.id,
	]);
}

/** What a transcript measures holds what a hook measures, so of two durations the shorter is a hook's. */
const WRITE = `INSERT INTO skill_invocations
	(ts, session_id, agent_id, skill, success, duration_ms, tool_use_id)
	VALUES (?, ?, ?, ?, ?, ?, ?)
	ON CONFLICT (tool_use_id) DO UPDATE SET ts = min(ts, excluded.ts),
		session_id = CASE '${UNNAMED_SESSION}' WHEN session_id THEN excluded.session_id
			WHEN excluded.session_id THEN session_id ELSE max(session_id, excluded.session_id) END,
		agent_id = ifnull(max(agent_id, excluded.agent_id), ifnull(agent_id, excluded.agent_id)),
		skill = CASE '${UNKNOWN}' WHEN skill THEN excluded.skill WHEN excluded.skill THEN skill
			ELSE max(skill, excluded.skill) END,
		success = min(success, excluded.success),
		duration_ms = ifnull(min(duration_ms, excluded.duration_ms),
			ifnull(duration_ms, excluded.duration_ms))`;
