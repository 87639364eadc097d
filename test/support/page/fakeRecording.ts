import type { AgentEvent, CallKind, EventName, EventOf } from "../../../src/model/events/events.ts";
import type { NodeView } from "../../../src/model/views/view.ts";
import { random } from "./fakeCrowd.ts";
import { START } from "./fakeViews.ts";

const TOOLS: readonly (readonly [tool: string, detail: string, usualMs: number])[] = [
	["Bash", "cargo", 6000],
	["Read", "tokens.rs", 300],
	["Edit", "parser.rs", 250],
	["Grep", "", 500],
	["Bash", "git", 400],
	["WebFetch", "", 3000],
];

type Particulars<Name extends EventName> = Omit<
	EventOf<Name>,
	"event" | "ts" | "session" | "agent" | "origin" | "client" | "v" | "cwd" | "note"
>;

/** An event as the host hands it over. */
export function recorded<Name extends EventName>(
	event: Name,
	at: { readonly ts: number; readonly session?: string; readonly agent?: string },
	particulars: Particulars<Name>,
): AgentEvent {
	const common = { origin: "hook", client: "claude-code", v: 2, cwd: "", note: null } as const;
	return { ...common, event, session: "s1", agent: "", ...at, ...particulars } as AgentEvent;
}

const NO_ARGUMENTS = { program: "", filePath: "", skill: "", mcpServer: "", mcpTool: "" };

/** Begin and end of a call; `ms` null while it goes on. */
export function recordedCall(
	at: { readonly ts: number; readonly session?: string; readonly agent?: string },
	call: {
		readonly id: string;
		readonly tool?: string;
		readonly detail?: string;
		readonly ms: number | null;
		readonly hasFailed?: boolean;
	},
): AgentEvent[] {
	const { id, tool = "Bash", detail = "cargo", ms, hasFailed = false } = call;
	const kind: CallKind = "other";
	const used = { ...NO_ARGUMENTS, id, tool, kind, program: detail };
	const begin = recorded("tool_use", at, used);
	if (ms === null) return [begin];
	const end = recorded(
		"tool_result",
		{ ...at, ts: at.ts + ms },
		{
			...used,
			success: !hasFailed,
			durationMs: ms,
			errorClass: hasFailed ? "exit_101" : "",
			linesAdded: null,
			linesRemoved: null,
		},
	);
	return [begin, end];
}

/** What was told of these nodes, with about so many calls of each agent until `until`. */
export function recordingOf(
	nodes: readonly NodeView[],
	calls = 20,
	until = START,
	seed = 5,
): AgentEvent[] {
	const next = random(seed);
	const events: AgentEvent[] = [];
	const ids = new Map(nodes.map((node) => [node.key, node.kind === "session" ? "" : node.id]));
	for (const node of nodes) {
		const { startedAt: ts, session } = node;
		const agent = ids.get(node.key) ?? "";
		if (node.kind === "session") {
			events.push(recorded("session_start", { ts, session }, { source: "startup", model: "" }));
			events.push(recorded("prompt", { ts: ts + 1, session }, {}));
		} else {
			events.push(...launchOf(node, ids.get(node.parent ?? "") ?? ""));
		}
		events.push(...work({ agent, session }, ts + 500, until, calls, next));
	}
	return events;
}

function launchOf(node: NodeView, parent: string): AgentEvent[] {
	const { id: agent, session, startedAt: ts, model, type, description } = node;
	const id = `toolu_${session}_${agent}`;
	const launch = {
		id,
		parent,
		agentType: type,
		defaultType: "",
		model,
		description,
		branch: "",
		background: true,
	};
	return [
		recorded("agent_spawn", { ts, session, agent: parent }, launch),
		recorded("agent_start", { ts: ts + 20, session, agent }, { agentType: type }),
		recorded("agent_link", { ts: ts + 30, session }, { id, child: agent, model, status: "ok" }),
	];
}

function work(
	who: { readonly agent: string; readonly session: string },
	from: number,
	until: number,
	calls: number,
	next: () => number,
): AgentEvent[] {
	const events: AgentEvent[] = [];
	const room = Math.max(1000, until - from) / calls;
	let ts = from;
	for (let i = 0; i < calls && ts < until; i++) {
		const [tool, detail, usual] = TOOLS[Math.floor(next() * TOOLS.length)] ??
			TOOLS[0] ?? ["", "", 0];
		const ms = Math.round(Math.min(usual * (0.3 + next() * 3), room * (0.5 + next())));
		const id = `call_${who.session}_${who.agent || "main"}_${i}`;
		const hasFailed = next() < 0.07;
		events.push(...recordedCall({ ...who, ts }, { id, tool, detail, ms, hasFailed }));
		ts += ms + Math.round(next() * room * 0.6);
	}
	return events;
}
