import assert from "node:assert/strict";
import { codex } from "../../../../src/ingest/codex/codexClient.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";

const THREAD = "01a219c8-5538-7b32-8ec4-a9dcb6e966e9";
const OLDER = "01a219c0-0000-7000-8000-000000000001";
const TURN = "01a219c8-557c-7093-a613-b59faf61409a";
const OLD_TURN = "01a219c0-0001-7000-8000-000000000002";
const PLACE = `2026/11/26/rollout-2026-11-26T21-34-49-${THREAD}.jsonl`;

const client = codex(() => null);

function line(second: number, type: string, payload: object): object {
	const at = `2026-11-26T21:34:${String(second).padStart(2, "0")}.000Z`;
	return { timestamp: at, type, payload };
}

function eventsOf(lines: readonly object[]): AgentEvent[] {
	const texts = lines.map((each) => JSON.stringify(each));
	const file = client.identify?.(PLACE, texts[0] ?? "") ?? assert.fail();
	const reader = client.newReader(file);
	return texts.flatMap((text) => {
		const { records, problems } = reader.line(text);
		assert.deepEqual(problems, [], text);
		return records.map(({ event }) => event);
	});
}

const names = (events: readonly AgentEvent[]): string[] => events.map(({ event }) => event);
const shell = (id: string, turn?: string) => ({
	type: "function_call",
	name: "shell",
	arguments: '{"command":["bash","-lc","make test"]}',
	call_id: id,
	...(turn === undefined ? {} : { internal_chat_message_metadata_passthrough: { turn_id: turn } }),
});
const tokens = (total: number) => ({
	type: "token_count",
	info: {
		last_token_usage: { input_tokens: 100, cached_input_tokens: 40, output_tokens: 7 },
		total_token_usage: { total_tokens: total },
	},
});

describe("Rollouts of Codex", () => {
	it("lie by day, or flat where they were archived", () => {
		assert.equal(client.classify(PLACE), "first_line");
		assert.equal(client.classify(PLACE.slice("2026/11/26/".length)), "first_line");
		assert.equal(client.classify(`2026/11/26/${THREAD}.jsonl`), null);
	});

	it("tell of a fork only what it did itself", () => {
		const events = eventsOf([
			line(1, "session_meta", { id: THREAD, cwd: "/p", forked_from_id: OLDER }),
			line(1, "session_meta", { id: OLDER, cwd: "/old" }),
			line(1, "event_msg", { type: "task_started", turn_id: OLD_TURN }),
			line(1, "turn_context", { turn_id: OLD_TURN, model: "old", cwd: "/old" }),
			line(1, "response_item", shell("c1", OLD_TURN)),
			line(1, "event_msg", tokens(107)),
			line(1, "event_msg", { type: "task_complete", turn_id: OLD_TURN, last_agent_message: "x" }),
			line(9, "event_msg", { type: "task_started", turn_id: TURN }),
			line(9, "turn_context", { turn_id: TURN, model: "new", cwd: "/p" }),
			line(9, "response_item", shell("c2", TURN)),
			line(9, "event_msg", tokens(214)),
		]);
		assert.deepEqual(names(events), ["session_start", "prompt", "tool_use", "usage"]);
		assert(events.every(({ cwd }) => cwd !== "/old"));
	});

	it("tell the same of a fork whose turns have no ids", () => {
		const events = eventsOf([
			line(1, "session_meta", { id: THREAD, cwd: "/p", forked_from_id: OLDER }),
			line(1, "event_msg", { type: "user_message", message: "old" }),
			line(1, "response_item", shell("c1")),
			line(1, "event_msg", tokens(107)),
			line(9, "event_msg", { type: "user_message", message: "new" }),
			line(9, "response_item", shell("c2")),
			line(9, "event_msg", tokens(214)),
		]);
		assert.deepEqual(names(events), ["session_start", "prompt", "tool_use", "usage"]);
	});

	it("of the first versions say how a command ended in what it answered", () => {
		const answer = { output: "1 failed", metadata: { exit_code: 2, duration_seconds: 1.5 } };
		const [, , result] = eventsOf([
			{ timestamp: "2026-11-26T21:34:00.000Z", id: THREAD, instructions: null },
			shell("c1"),
			{ type: "function_call_output", call_id: "c1", output: JSON.stringify(answer) },
			{ type: "message", role: "assistant", content: [] },
			{ record_type: "state", id: "x" },
		]);
		assert(result?.event === "tool_result");
		assert.equal(result.tool, "Bash");
		assert.equal(result.rawTool, "shell");
		assert.equal(result.program, "make");
		assert.equal(result.errorClass, "exit_2");
		assert.equal(result.durationMs, 1500);
	});

	it("tell tools of servers, a failed launch, a patch that was refused and a command that runs on", () => {
		const call = (name: string, id: string, args: object, namespace?: string) =>
			line(2, "response_item", {
				type: "function_call",
				name,
				call_id: id,
				arguments: JSON.stringify(args),
				...(namespace === undefined ? {} : { namespace }),
			});
		const answered = (id: string, output: string) =>
			line(3, "response_item", { type: "function_call_output", call_id: id, output });
		const events = eventsOf([
			line(1, "session_meta", { id: THREAD, cwd: "/p" }),
			call("query", "m1", { sql: "x" }, "mcp__db"),
			answered("m1", "rows"),
			call("spawn_agent", "a1", { message: "x" }),
			answered("a1", "collab spawn failed: agent thread limit reached"),
			call("apply_patch", "p1", { input: "*** Begin Patch\n*** Update File: a.ts\n-x\n+y" }),
			answered("p1", "apply_patch verification failed: Failed to find expected lines in a.ts"),
			call("exec_command", "s1", { cmd: "npm start" }),
			answered("s1", "Process running with session ID 4\nOutput:\n"),
		]);
		const results = events.filter(({ event }) => event === "tool_result");
		assert.deepEqual(
			results.map((each) =>
				each.event === "tool_result" ? [each.id, each.tool, each.success, each.kind] : [],
			),
			[
				["m1", "mcp__db__query", true, "mcp"],
				["a1", "Agent", false, "launch"],
				["p1", "Edit", false, "edit"],
				["s1", "Bash", true, "shell"],
			],
		);
	});

	it("say of a command that a broken off turn ended that it was interrupted, whatever its code", () => {
		const item = (id: string, exit_code: number) => ({
			type: "item_completed",
			item: {
				type: "CommandExecution",
				id,
				command: ["bash", "-lc", "tail -f /dev/null"],
				status: "failed",
				aggregated_output: "",
				exit_code,
			},
		});
		const answer = {
			type: "function_call_output",
			output: "Wall time: 5.0 seconds\naborted by user",
		};
		const events = eventsOf([
			line(1, "session_meta", { id: THREAD, cwd: "/p" }),
			line(1, "event_msg", { type: "task_started", turn_id: TURN }),
			line(2, "response_item", shell("c1", TURN)),
			line(3, "event_msg", item("c0", 137)),
			line(4, "event_msg", item("c2", -1)),
			line(7, "response_item", { ...answer, call_id: "c1" }),
			line(7, "event_msg", { type: "turn_aborted", turn_id: TURN, reason: "interrupted" }),
			line(7, "event_msg", item("c1", 137)),
			line(8, "event_msg", { type: "task_started", turn_id: TURN }),
			line(9, "event_msg", item("c3", 137)),
		]);
		assert.deepEqual(
			events.flatMap((event) =>
				event.event === "tool_result" ? [[event.id, event.success, event.errorClass]] : [],
			),
			[
				["c0", false, "exit_137"],
				["c2", false, "interrupted"],
				["c1", false, "interrupted"],
				["c1", false, "interrupted"],
				["c3", false, "exit_137"],
			],
		);
	});

	it("say that an agent failed whose last turn ended in an error", () => {
		const spawned = { subagent: { thread_spawn: { parent_thread_id: OLDER, depth: 1 } } };
		const events = eventsOf([
			line(1, "session_meta", { id: THREAD, session_id: OLDER, cwd: "/p", source: spawned }),
			line(1, "event_msg", { type: "task_started", turn_id: TURN }),
			line(2, "event_msg", { type: "error", message: "x" }),
			line(2, "event_msg", { type: "task_complete", turn_id: TURN, last_agent_message: null }),
		]);
		const [meta, , stop] = events;
		assert(meta?.event === "agent_meta" && stop?.event === "agent_stop");
		assert.deepEqual([meta.session, meta.child, meta.parent], [OLDER, THREAD, ""]);
		assert.equal(stop.outcome, "fail");
	});
});
