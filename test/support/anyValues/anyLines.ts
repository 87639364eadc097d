import type { Random } from "../histories/simulation/random.ts";

type Value = unknown;

const TIMES = ["2026-01-01T10:00:00.000Z", "2026-01-01T10:00:01.500Z", "2026-02-03T04:05:06Z"];
const IDS = Array.from({ length: 40 }, (_, number) => `toolu_${number}`);
const AGENTS = ["a1", "a2", "a3", "", null];
const SESSIONS = ["s1", "s2", "s3"];
const TOOLS = ["Read", "Bash", "Edit", "Agent", "Skill", "mcp__db__query", "SendMessage"];
const EVENTS = [
	"session_start",
	"session_end",
	"prompt",
	"agent_spawn",
	"agent_start",
	"agent_link",
	"agent_done",
	"agent_stop",
	"agent_result",
	"tool_use",
	"tool_result",
	"skill_use",
	"permission_wait",
	"notification",
	"compact",
	"turn_end",
	"numeric_claim",
	"hook_error",
];

/** What may stand where something else was expected. */
const ODD: readonly Value[] = [
	null,
	true,
	false,
	0,
	-0,
	-1,
	0.5,
	1e15,
	1e300,
	1.75e308,
	-1.7e308,
	Number.MAX_SAFE_INTEGER,
	2 ** 31,
	2 ** 53,
	"",
	" ",
	"0",
	"NaN",
	"main",
	"__proto__",
	"constructor",
	"<script>",
	"\u0000",
	"\ud800",
	"\u202e|`\n",
	"x".repeat(5000),
	"9999-12-31T23:59:59.999Z",
	"1970-01-01T00:00:00.000Z",
	"-271821-04-20T00:00:00.000Z",
	"2026-13-45T99:99:99.999Z",
	[],
	{},
	[null],
	[[[]]],
	{ type: "tool_use" },
	{ length: -1 },
	{ toString: 1 },
];

/** A line of the log with up to three of its fields being anything. */
export function anyEvent(random: Random): string {
	const fields: Record<string, Value> = {
		v: random.pick([2, 2, 2, 2, 1, undefined]),
		ts: random.pick(TIMES),
		event: random.pick(EVENTS),
		session_id: random.pick(SESSIONS),
		agent_id: random.pick(AGENTS),
		agent_type: random.pick(["Explore", "", null]),
		cwd: "/work",
		id: random.pick(IDS),
		child_id: random.pick(AGENTS),
		parent_id: random.pick(AGENTS),
		subagent_type: "Explore",
		description: "look",
		model: "claude-opus-4-8",
		status: random.pick(["completed", "failed", "killed", "async_launched"]),
		tool: random.pick(TOOLS),
		program: "git",
		file_path: "/work/a.ts",
		skill: random.pick(["deploy", ""]),
		mcp_server: "db",
		success: random.chance(0.7),
		error_class: random.pick(["", "unknown", "exit_1", "denied"]),
		duration_ms: random.whole(0, 9000),
		lines_added: 3,
		lines_removed: 1,
		outcome: random.pick(["functional", "fail", null]),
		stubs: 0,
		cost_usd: 0.5,
		tool_use_count: 3,
		tool_stats: { reads: 3 },
		tokens: 100,
		tier: "REAL",
		value: "7",
		pointer: "a.ts:1",
		source: "startup",
		reason: "other",
		notification_type: "permission_prompt",
		background: true,
	};
	return JSON.stringify(spoilt(random, structuredClone(fields)));
}

/** A line of a transcript with up to three of its fields, at any depth, being anything. */
export function anyRecord(random: Random, session: string, agent: string): string {
	const id = random.pick(IDS);
	const head = {
		type: random.pick(["user", "assistant", "assistant", "system", "queue-operation"]),
		subtype: random.pick(["compact_boundary", "turn_duration"]),
		sessionId: session,
		timestamp: random.pick(TIMES),
		uuid: `u${random.whole(0, 1e9)}`,
		cwd: "/work",
		version: "2.1.329",
		...(agent === "" ? {} : { agentId: agent, isSidechain: true }),
	};
	const calls = {
		id: `msg_${random.whole(0, 500)}`,
		role: "assistant",
		model: random.pick(["claude-opus-4-8", "claude-haiku-4-5-20251001", "<synthetic>"]),
		stop_reason: random.pick(["tool_use", "end_turn", null]),
		content: [
			{ type: "text", text: "done" },
			{
				type: "tool_use",
				id,
				name: random.pick(TOOLS),
				input: {
					command: random.pick(["git status", "npm test", "python3 -c 'print(1)'"]),
					file_path: "/work/a.ts",
					old_string: "a",
					new_string: "b",
					subagent_type: "Explore",
					skill: "deploy",
				},
			},
		],
		usage: {
			input_tokens: 3,
			output_tokens: random.whole(0, 100),
			cache_read_input_tokens: 1000,
			cache_creation_input_tokens: 100,
			cache_creation: { ephemeral_1h_input_tokens: 50, ephemeral_5m_input_tokens: 50 },
			server_tool_use: { web_search_requests: 1 },
			speed: "fast",
		},
	};
	const results = {
		role: "user",
		content: [
			{
				type: "tool_result",
				tool_use_id: id,
				content: "Tests: 1 failed",
				is_error: random.chance(0.3),
			},
		],
	};
	const said = { role: "user", content: random.pick(["go on", "[Request interrupted by user]"]) };
	const toolUseResult = {
		status: "completed",
		agentId: random.pick(["a1", "a2"]),
		content: [{ type: "text", text: "found" }],
		totalDurationMs: 9000,
		totalTokens: 500,
		totalToolUseCount: 2,
		durationMs: 12,
		structuredPatch: [{ oldStart: 1, oldLines: 1, newStart: 1, newLines: 1, lines: ["-a", "+b"] }],
		originalFile: "a\n",
		filePath: "/work/a.ts",
	};
	const message = head.type === "assistant" ? calls : random.pick([results, results, said]);
	const line = {
		...head,
		operation: "enqueue",
		content: "<task-notification>\n<task-id>a1</task-id>\n<status>completed</status>",
		message,
		toolUseResult: random.pick([toolUseResult, "Error: no"]),
	};
	return JSON.stringify(spoilt(random, structuredClone(line)));
}

function spoilt(random: Random, line: Record<string, Value>): Record<string, Value> {
	for (let changes = random.pick([0, 1, 1, 2, 3]); changes > 0; changes--) spoil(random, line);
	return line;
}

/** Puts something else in the place of one value, at a depth that is left to chance. */
function spoil(random: Random, object: Record<string, Value>): void {
	const keys = Object.keys(object);
	if (keys.length === 0) return;
	const key = random.pick(keys);
	const value = object[key];
	const isNested = typeof value === "object" && value !== null;
	if (isNested && random.chance(0.8)) spoil(random, value as Record<string, Value>);
	else object[key] = structuredClone(random.pick(ODD));
}
