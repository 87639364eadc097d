import { type CallFacts, NO_FACTS } from "../../facts/callFacts.ts";
import type {
	AgentEvent,
	NumericClaimEvent,
	SkillUseEvent,
	ToolResultEvent,
	ToolUseEvent,
	UsageEvent,
	WorkEvent,
} from "../../model/events/events.ts";
import { addE2eRun } from "../e2e/e2eRow.ts";
import { writeCode } from "../functions/codeWriteTable.ts";
import { addVersion } from "../functions/versionTable.ts";
import { FunctionSums } from "../rollups/functionSums.ts";
import { Rollups } from "../rollups/rollups.ts";
import { AgentTable } from "./agents/agentTable.ts";
import { noteAgentEvent, noteFailedLaunch } from "./agents/noteAgentEvent.ts";
import { type CallRow, UNNAMED_SESSION } from "./callRow.ts";
import { CallTable } from "./callTable.ts";
import { FactTables } from "./factTables.ts";
import { functionIdOf, skillFunctionId } from "./functionId.ts";
import { answeredAt, messageRow } from "./messageRow.ts";
import { SessionTable } from "./sessionTable.ts";
import { writeSkill } from "./skillTable.ts";
import type { Statements } from "./statements.ts";
import { UsageTable } from "./usageTable.ts";
import { callOfProgram, factsOf, runOf, subjectOf } from "./workRows.ts";

/** Turns events into rows. All rows of a batch are written by {@link flush}, in one transaction. */
export class EventWriter {
	readonly #statements: Statements;
	readonly #rollups: Rollups;
	readonly #calls: CallTable;
	readonly #agents: AgentTable;
	readonly #sessions: SessionTable;
	readonly #usage: UsageTable;
	readonly #facts: FactTables;
	readonly #sums: FunctionSums;

	/** @param now ms since the epoch */
	constructor(statements: Statements, now: () => number) {
		this.#statements = statements;
		this.#rollups = new Rollups(statements, now);
		this.#calls = new CallTable(statements, this.#rollups);
		this.#agents = new AgentTable(statements, this.#calls);
		this.#sessions = new SessionTable(statements);
		this.#usage = new UsageTable(statements);
		this.#sums = new FunctionSums(statements);
		this.#facts = new FactTables(statements, this.#sums);
	}

	/**
	 * Takes in one event, and what was derived from its call where it is a transcript's. Nothing is in
	 * the tables before {@link flush}, but of writes, skills, claims and facts.
	 */
	write(event: AgentEvent, facts: CallFacts = NO_FACTS): void {
		if (event.event === "hook_error") return;
		const session = event.session || UNNAMED_SESSION;
		// What stands beside a transcript may be read before anything that has a time.
		if (event.event === "agent_meta") this.#sessions.changed(session);
		else this.#sessions.note(session, event);
		this.#agents.noteActor(session, event);
		switch (event.event) {
			case "tool_use":
				this.#used(session, event, facts);
				break;
			case "tool_result":
				this.#returned(session, event, facts);
				break;
			case "skill_use":
				this.#skillUsed(session, event);
				break;
			case "numeric_claim":
				this.#claimed(session, event);
				break;
			case "usage":
				this.#spent(session, event);
				break;
			case "function_call":
			case "test_run":
			case "e2e_run":
			case "violation":
				this.#worked(session, event);
				break;
			default:
				noteAgentEvent(this.#agents, session, event, facts);
		}
	}

	/**
	 * Writes the batch and its rollups. The caller holds the transaction.
	 *
	 * @returns the functions whose figures changed
	 */
	flush(): string[] {
		const agents = this.#agents.flush(this.#sessions.flushEnds());
		this.#calls.flush();
		this.#agents.interrupt();
		this.#usage.flush(agents);
		for (const [session, endedAt] of this.#sessions.flush()) {
			this.#calls.interrupt(session, endedAt);
		}
		const { functions, sessions } = this.#rollups.flush();
		this.#sessions.score([...sessions, ...this.#facts.flush()]);
		return [...new Set([...functions, ...this.#sums.flush()])];
	}

	/** Forgets the batch, after its transaction failed. */
	discard(): void {
		const tables = [this.#calls, this.#agents, this.#sessions, this.#usage, this.#facts];
		for (const part of [...tables, this.#sums, this.#rollups]) part.discard();
	}

	#spent(session: string, event: UsageEvent): void {
		this.#usage.note(messageRow(session, event));
		if (event.agent === "") return;
		const answered = event.isAside ? null : answeredAt(event.ts, event.model);
		this.#agents.noteAgent(session, event.agent, { answered });
	}

	#used(session: string, event: ToolUseEvent, facts: CallFacts): void {
		if (event.kind === "launch" && event.v === 2) return;
		const call = callOf(session, event, facts);
		this.#calls.note(call);
		this.#facts.write(call, facts);
		if (call.agent !== null) this.#agents.noteCaller(call.agent);
	}

	#returned(session: string, event: ToolResultEvent, facts: CallFacts): void {
		if (event.kind === "launch") {
			if (!event.success) noteFailedLaunch(this.#agents, session, event);
			return;
		}
		const call = callOf(session, event, facts);
		this.#facts.write(call, facts);
		this.#calls.note({
			...call,
			ts: startOf(event),
			durationMs: event.durationMs,
			durationFrom: event.durationMs === null ? null : (event.measuredBy ?? event.origin),
			success: event.success ? 1 : 0,
			errorClass: event.success ? null : event.errorClass || "unknown",
		});
		if (event.kind === "skill") writeSkill(this.#statements, session, event);
		const { linesAdded, linesRemoved } = event;
		if (!event.success || (linesAdded === null && linesRemoved === null)) return;
		const lines = { linesAdded: linesAdded ?? 0, linesRemoved: linesRemoved ?? 0 };
		const { id, ts, filePath } = event;
		const write = { id, ts, session, agent: event.agent || null, filePath: filePath || null };
		writeCode(this.#statements, this.#sums, { ...write, ...lines }, facts.writes);
		for (const { functionId, hash, lines, filePath, blob } of facts.writes) {
			const version = { functionId, hash, ts, source: "edit_hook" as const, filePath, lines, blob };
			addVersion(this.#statements, this.#sums, version);
		}
	}

	#skillUsed(session: string, event: SkillUseEvent): void {
		this.#calls.note({
			id: event.id,
			ts: startOf(event),
			session,
			tool: event.tool,
			rawTool: null,
			client: event.client,
			v: event.v,
			agent: event.agent || null,
			functionId: skillFunctionId(event.skill),
			durationMs: event.durationMs,
			// How it failed the result of its call says, which only version 1 lacks.
			success: event.success ? 1 : event.v === 1 ? 0 : null,
			errorClass: event.success || event.v === 2 ? null : "unknown",
			argsHash: null,
			source: event.origin,
			cutOff: null,
			durationFrom: event.durationMs === null ? null : event.origin,
		});
		writeSkill(this.#statements, session, event);
	}

	#worked(session: string, event: WorkEvent): void {
		if (event.event === "function_call") this.#calls.note(callOfProgram(session, event));
		else if (event.event === "e2e_run") addE2eRun(this.#statements, this.#sums, runOf(event));
		else this.#facts.write(subjectOf(session, event), factsOf(event));
	}

	#claimed(session: string, { ts, tier, value, pointer }: NumericClaimEvent): void {
		this.#statements.run(WRITE_CLAIM, [ts, session, tier, value, pointer || null]);
	}
}

/** Whole milliseconds, as all times are: days and hours are told by dividing. */
function startOf({ ts, durationMs }: ToolResultEvent | SkillUseEvent): number {
	return Math.round(ts - (durationMs ?? 0));
}

function callOf(
	session: string,
	event: ToolUseEvent | ToolResultEvent,
	{ functionId, argsHash }: CallFacts,
): CallRow {
	return {
		id: event.id,
		ts: event.ts,
		session,
		client: event.client,
		v: event.v,
		agent: event.agent || null,
		functionId: functionId ?? functionIdOf(event),
		tool: event.tool,
		rawTool: event.rawTool ?? null,
		durationMs: null,
		durationFrom: null,
		success: null,
		errorClass: null,
		argsHash,
		source: event.origin,
		cutOff: null,
	};
}

/** One row a claim and second, with the earliest time: which of two comes first must not matter. */
const WRITE_CLAIM = `INSERT INTO numeric_claims (ts, session_id, tier, value, pointer)
	VALUES (?, ?, ?, ?, ?)
	ON CONFLICT (session_id, tier, value, ifnull(pointer, ''), ts / 1000)
	DO UPDATE SET ts = min(ts, excluded.ts)`;
