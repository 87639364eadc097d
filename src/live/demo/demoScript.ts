import { type DemoUsage, demoUsage } from "./demoUsage.ts";

/** What happens at one moment of the demo; one of the two. */
export interface DemoStep {
	/** Milliseconds after the round began. */
	readonly at: number;
	/** As a hook would write it but for its time. */
	readonly event?: Readonly<Record<string, unknown>>;
	/** As a transcript would tell it but for its time. */
	readonly usage?: DemoUsage;
}

/** A round of the demo lasts this long, then new agents take over. */
export const DEMO_ROUND_MS = 64_000;

interface DemoAgent {
	readonly name: string;
	readonly session: string;
	readonly parent?: string;
	readonly type: string;
	readonly description: string;
	readonly model: string;
	/** Seconds into the round. */
	readonly from: number;
	readonly to: number;
	readonly outcome: string | null;
	readonly stubs?: number;
	/** Tools called in turn, with the one argument the log may hold. */
	readonly tools: readonly (readonly [tool: string, detail?: string])[];
	/** Milliseconds from one call to the next. */
	readonly every: number;
	/** Which of the calls fail. */
	readonly failing?: readonly number[];
	/** Which call waits for permission, and for how many seconds. */
	readonly waiting?: readonly [call: number, seconds: number];
}

const SONNET = "claude-sonnet-5";
const HAIKU = "claude-haiku-4-5";
const OPUS = "claude-opus-5-5";
const FOLDERS: Readonly<Record<string, string>> = {
	"demo-billing": "/home/you/billing-service",
	"demo-docs": "/home/you/docs-site",
};

const AGENTS: readonly DemoAgent[] = [
	{
		name: "parser",
		session: "demo-billing",
		type: "general-purpose",
		model: SONNET,
		description: "migrate the parser",
		from: 2,
		to: 55,
		outcome: "functional",
		tools: [["Read", "tokens.rs"], ["Edit", "mod.rs"], ["Bash", "cargo"], ["Grep"]],
		every: 1900,
		failing: [7],
	},
	{
		name: "retry",
		session: "demo-billing",
		type: "Explore",
		model: HAIKU,
		description: "where is retry handled?",
		from: 3,
		to: 24,
		outcome: "functional",
		tools: [["Grep"], ["Read", "client.rs"], ["Glob"]],
		every: 1100,
	},
	{
		name: "schema",
		session: "demo-billing",
		type: "architect",
		model: OPUS,
		description: "review the schema",
		from: 4.5,
		to: 47,
		outcome: "partial",
		stubs: 2,
		tools: [["Read", "schema.sql"], ["mcp__db__explain"], ["Read", "orm.rs"]],
		every: 3100,
	},
	{
		name: "sites",
		session: "demo-billing",
		parent: "parser",
		type: "Explore",
		model: HAIKU,
		description: "call sites",
		from: 8,
		to: 31,
		outcome: null,
		tools: [["Grep"], ["Read", "lib.rs"]],
		every: 1500,
	},
	{
		name: "tests",
		session: "demo-billing",
		type: "test-writer",
		model: SONNET,
		description: "property tests",
		from: 9,
		to: 58,
		outcome: "functional",
		tools: [
			["Write", "parser_test.rs"],
			["Bash", "cargo"],
			["Edit", "parser_test.rs"],
		],
		every: 2600,
		waiting: [3, 11] as const,
	},
	{
		name: "runner",
		session: "demo-billing",
		type: "runner",
		model: SONNET,
		description: "cargo test",
		from: 12,
		to: 40,
		outcome: "fail",
		tools: [
			["Bash", "cargo"],
			["Read", "build.log"],
		],
		every: 2300,
		failing: [0, 4, 8],
	},
	{
		name: "docs",
		session: "demo-billing",
		type: "general-purpose",
		model: SONNET,
		description: "docs",
		from: 18,
		to: 37,
		outcome: "scaffolding",
		stubs: 4,
		tools: [
			["Write", "guide.md"],
			["Read", "api.md"],
		],
		every: 2100,
	},
	{
		name: "links",
		session: "demo-docs",
		type: "linter",
		model: HAIKU,
		description: "dead links",
		from: 14,
		to: 44,
		outcome: "functional",
		tools: [["WebFetch"], ["Grep"]],
		every: 1700,
		failing: [5],
	},
];

/** All events of one round, in order; `round` keeps the ids of rounds apart. */
export function demoRound(round: number): DemoStep[] {
	const steps = AGENTS.flatMap((agent) => life(agent, round));
	for (const session of Object.keys(FOLDERS)) steps.push(...orchestrator(session, round));
	return steps.sort((a, b) => a.at - b.at);
}

function orchestrator(session: string, round: number): DemoStep[] {
	const step = (at: number, event: object): DemoStep => ({ at, event: head(session, event) });
	const first = round === 0 ? [step(0, { event: "session_start", model: OPUS })] : [];
	const calls = [400, 1200, 6200, 26_000, 33_000, 48_500].flatMap((at, index) =>
		asked({
			session,
			model: OPUS,
			id: `${session}-${round}-${index}`,
			index,
			at,
			tool: index % 2 ? "Grep" : "Read",
		}),
	);
	return [...first, step(100, { event: "prompt" }), ...calls, step(60_000, { event: "turn_end" })];
}

function life(agent: DemoAgent, round: number): DemoStep[] {
	const { session } = agent;
	const id = agentId(agent.name, round);
	const spawn = `toolu_${id}`;
	const from = agent.from * 1000;
	const step = (at: number, event: object): DemoStep => ({ at, event: head(session, event) });
	const launch = {
		event: "agent_spawn",
		id: spawn,
		subagent_type: agent.type,
		model: agent.model,
		description: agent.description,
		background: true,
		parent_id: agent.parent === undefined ? null : agentId(agent.parent, round),
	};
	const link = { event: "agent_link", id: spawn, child_id: id, model: agent.model };
	const end = {
		event: "agent_stop",
		agent_id: id,
		agent_type: agent.type,
		outcome: agent.outcome,
		stubs: agent.stubs ?? 0,
	};
	return [
		step(from, launch),
		step(from + 350, { event: "agent_start", agent_id: id, agent_type: agent.type }),
		step(from + 380, { ...link, status: "async_launched" }),
		...work(agent, id, from + 900),
		step(agent.to * 1000, end),
	];
}

/** In the form of the client's own: what is made of words is not taken for an id. */
function agentId(name: string, round: number): string {
	const letters = Array.from(name, (letter) => letter.charCodeAt(0).toString(16)).join("");
	return `a${letters.padEnd(12, "0").slice(0, 12)}${round.toString(16).padStart(4, "0")}`;
}

function work(agent: DemoAgent, id: string, from: number): DemoStep[] {
	const steps: DemoStep[] = [];
	let at = from;
	for (let index = 0; at < agent.to * 1000 - 800; index++) {
		const [tool, detail = ""] = agent.tools[index % agent.tools.length] ?? ["Read"];
		const waitMs = agent.waiting?.[0] === index ? agent.waiting[1] * 1000 : 0;
		const isFailing = agent.failing?.includes(index) ?? false;
		const { session, model } = agent;
		const one = { session, model, agent: id, id: `${id}-${index}`, index, tool, detail, at };
		steps.push(...asked({ ...one, waitMs, isFailing }));
		// A rhythm that never falls into step with that of the others.
		at += waitMs + agent.every * (0.7 + ((index * 37) % 60) / 100);
	}
	return steps;
}

interface DemoCall {
	readonly session: string;
	readonly model: string;
	readonly agent?: string;
	readonly id: string;
	/** How many calls its agent has made before. */
	readonly index: number;
	readonly tool: string;
	readonly detail?: string;
	readonly at: number;
	readonly waitMs?: number;
	readonly isFailing?: boolean;
}

/** The model's answer, and the call that it asks for. */
function asked(one: DemoCall): DemoStep[] {
	return [{ at: one.at - 60, usage: demoUsage(one) }, ...call(one)];
}

function call({ session, agent, id, tool, detail = "", at, ...how }: DemoCall): DemoStep[] {
	const { waitMs = 0, isFailing = false } = how;
	const duration = 120 + ((id.length * 97 + Math.round(at)) % 620);
	const what = { id, tool, agent_id: agent, ...argument(tool, detail) };
	const step = (after: number, event: object): DemoStep => ({
		at: at + after,
		event: head(session, event),
	});
	const result = {
		event: "tool_result",
		...what,
		success: !isFailing,
		duration_ms: duration + waitMs,
		...(isFailing ? { error_class: "exit_1" } : {}),
	};
	return [
		step(0, { event: "tool_use", ...what }),
		...(waitMs > 0 ? [step(40, { event: "permission_wait", tool, agent_id: agent })] : []),
		step(duration + waitMs, result),
	];
}

function argument(tool: string, detail: string): object {
	if (detail === "") return {};
	return tool === "Bash" ? { program: detail } : { file_path: `src/${detail}` };
}

function head(session: string, event: object): Readonly<Record<string, unknown>> {
	return { v: 2, session_id: session, cwd: FOLDERS[session], ...event };
}
