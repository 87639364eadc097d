import { defaultAgentType } from "../../ingest/clients/clientIdentities.ts";
import type { Fact } from "../../model/agents/facts.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import type { AgentRow, LaunchRow } from "../tables/agents/agentRow.ts";

const FAILED = "launch:";
const NO_ARGUMENTS = { program: "", filePath: "", skill: "", mcpServer: "", mcpTool: "" };

/** What a launching call asked for, which agent came of it, and that it failed, made of its row. */
export function launchEvents(row: LaunchRow): AgentEvent[] {
	const { id, agent, ts, session, client } = row;
	const v = row.v === 1 ? 1 : 2;
	const origin = row.source === "transcript" ? "transcript" : "hook";
	const head = {
		origin,
		client,
		v,
		session,
		agent: row.parent ?? "",
		cwd: "",
		note: null,
	} as const;
	const asked = {
		parent: row.parent ?? "",
		agentType: row.type ?? "",
		defaultType: defaultAgentType(client),
		model: row.model ?? "",
		description: row.description ?? "",
		background: false,
	};
	const told = row.told.flatMap((fact) =>
		factEvents(fact, { session, client, launch: id, agent: "" }),
	);
	const child = v === 2 ? agent : null;
	const events: AgentEvent[] = [...told];
	if (ts !== null) events.push({ event: "agent_spawn", ...head, ts, id, ...asked, branch: "" });
	if (child === null) return events;
	// What stands beside a transcript says what was asked for, though no line told of the call.
	if (ts === null && row.v === 2) {
		events.push({ event: "agent_meta", ...head, ts: 0, agent: child, id, child, ...asked });
	}
	const link = { id, child, model: "", status: "" };
	return [...events, { event: "agent_link", ...head, ts: ts ?? 0, ...link }];
}

/**
 * When an agent began, ended, and what was told of it, made of its row.
 *
 * @param calls ids of all calls: what else a report names only tells it from another
 */
export function agentEvents(
	row: AgentRow,
	client: string,
	calls: ReadonlySet<string>,
): AgentEvent[] {
	const { id, session } = row;
	const told = row.told.flatMap((fact) => {
		const launch = calls.has(fact.call) || fact.v === 1 ? fact.call : "";
		return factEvents(fact, { session, client, launch, agent: id, row });
	});
	if (row.told.some(({ v }) => v === 1)) return told;
	const head = {
		origin: "transcript",
		client,
		v: 2,
		session,
		agent: id,
		cwd: "",
		note: null,
	} as const;
	const about = { agentType: row.ownType ?? "", defaultType: "", model: row.ownModel ?? "" };
	const known = { id: "", child: id, parent: "", ...about, description: "", background: false };
	return [{ event: "agent_meta", ...head, ts: 0, ...known }, ...told];
}

interface Told {
	readonly session: string;
	readonly client: string;
	/** Call that the fact is about; empty where none is known. */
	readonly launch: string;
	/** Empty for what is told of a launch alone. */
	readonly agent: string;
	readonly row?: AgentRow;
}

function tellerOf({ by }: Fact): Pick<AgentEvent, "origin" | "via"> {
	return by === "otlp" ? { origin: "hook", via: by } : { origin: by };
}

function factEvents(fact: Fact, { session, client, launch, agent, row }: Told): AgentEvent[] {
	const { at: ts, v, outcome, stubs, status } = fact;
	const head = { ...tellerOf(fact), client, v, ts, session, cwd: "", note: null } as const;
	const own = { ...head, agent, agentType: row?.ownType ?? "" };
	const durationMs = row?.durationMs ?? null;
	const toolUseCount = row?.toolUseCount ?? null;
	if (fact.kind === "start") return [{ event: "agent_start", ...own }];
	if (fact.kind === "stop") return [{ event: "agent_stop", ...own, outcome, stubs }];
	if (status.startsWith(FAILED)) {
		const failed = { success: false, durationMs: null, errorClass: status.slice(FAILED.length) };
		const call = { id: launch, tool: "Agent", kind: "launch", ...NO_ARGUMENTS } as const;
		const lines = { linesAdded: null, linesRemoved: null };
		return [{ event: "tool_result", ...head, agent: "", ...call, ...failed, ...lines }];
	}
	const told = { id: launch, child: v === 1 ? "" : agent, durationMs, toolUseCount };
	if (status === "completed") {
		const cost = { costUsd: row?.reportedCostUsd ?? null, toolStats: row?.toolStats ?? "" };
		return [{ event: "agent_done", ...head, agent: "", ...told, outcome, stubs, ...cost }];
	}
	const about = { status, fingerprint: fact.call, isHandedOver: false };
	return [{ event: "agent_result", ...head, agent: "", ...told, ...about }];
}
