import { once } from "node:events";
import { createWriteStream } from "node:fs";

/** How large a generated log is and what is in it. */
export interface SyntheticLogOptions {
	readonly lines: number;
	readonly sessions?: number;
	/** Agents after which a session is not heard of again; by default it never ends. */
	readonly agentsPerSession?: number;
	/** Calls of each agent, two lines each. */
	readonly callsPerAgent?: number;
	/** Time of the first line, ms since the epoch. */
	readonly startAt?: number;
	/** Time between lines, ms. */
	readonly stepMs?: number;
}

const TYPES = ["general-purpose", "Explore", "Plan", "test-writer"];
const TOOLS = ["Bash", "Read", "Edit", "Grep", "Write"];

/** A v2 log as a busy week would leave it: sessions with agents that launch, work and stop. */
export function* syntheticLines(options: SyntheticLogOptions): Generator<string> {
	const { lines, sessions = 20, callsPerAgent = 24, stepMs = 40 } = options;
	let clock = options.startAt ?? Date.parse("2026-01-01T08:00:00.000Z");
	let written = 0;
	for (let agent = 0; written < lines; agent++) {
		const turn = options.agentsPerSession;
		const number = turn === undefined ? agent % sessions : Math.floor(agent / turn);
		const session_id = `5e55104e-0000-4000-8000-${String(number).padStart(12, "0")}`;
		const head = { v: 2, session_id, cwd: `/home/dev/project-${number}` };
		for (const event of agentLife(agent, callsPerAgent)) {
			clock += stepMs;
			yield JSON.stringify({ ts: new Date(clock).toISOString(), ...head, ...event });
			if (++written === lines) return;
		}
	}
}

export async function writeSyntheticLog(path: string, options: SyntheticLogOptions): Promise<void> {
	const stream = createWriteStream(path);
	for (const line of syntheticLines(options)) {
		if (!stream.write(`${line}\n`)) await once(stream, "drain");
	}
	stream.end();
	await once(stream, "finish");
}

/** What one agent does from its launch to its end. */
export function* agentLife(number: number, calls: number): Generator<object> {
	const agent_id = `a${number.toString(16).padStart(16, "0")}`;
	const spawn = `toolu_01Spawn${String(number).padStart(12, "0")}`;
	const agent_type = TYPES[number % TYPES.length];
	yield {
		event: "agent_spawn",
		id: spawn,
		parent_id: null,
		subagent_type: agent_type,
		model: "sonnet",
		description: `piece ${number}`,
		background: true,
		prompt_preview: "look at the parser and tell me what it does with empty input",
	};
	yield { event: "agent_start", agent_id, agent_type };
	yield { event: "agent_link", id: spawn, child_id: agent_id, status: "async_launched" };
	for (let call = 0; call < calls; call++) {
		const id = `toolu_01Call${String(number).padStart(9, "0")}x${String(call).padStart(8, "0")}`;
		const tool = TOOLS[(number + call) % TOOLS.length];
		const what =
			tool === "Bash" ? { program: "cargo" } : { file_path: `/home/dev/src/f${call}.rs` };
		yield { event: "tool_use", agent_id, id, tool, ...what };
		const success = call % 11 !== 5;
		const error = success ? {} : { error_class: "exit_1" };
		yield {
			event: "tool_result",
			agent_id,
			id,
			tool,
			success,
			duration_ms: 120,
			...error,
			...what,
		};
	}
	yield { event: "agent_stop", agent_id, agent_type, outcome: "functional", stubs: 0 };
}
