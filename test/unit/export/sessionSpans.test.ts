import assert from "node:assert/strict";
import { sessionSpans } from "../../../src/export/records/sessionSpans.ts";
import type { SpanRecord } from "../../../src/export/records/spanRecord.ts";
import { exportRows, exportSessions } from "../../../src/telemetry/queries/exportRows.ts";
import { eventsOf, storeOf } from "../../support/telemetry/telemetry.ts";

const AT = Date.parse("2026-01-01T10:00:00.000Z");

/** A line of version 2, so many seconds after the start. */
function line(seconds: number, event: string, more: object = {}): object {
	const ts = new Date(AT + seconds * 1000).toISOString();
	return { v: 2, ts, event, session_id: "s1", ...more };
}

function call(seconds: number, id: string, more: object = {}): object[] {
	const about = { id, tool: "Bash", program: "git", ...more };
	return [
		line(seconds, "tool_use", about),
		line(seconds + 1, "tool_result", { ...about, success: true, duration_ms: 1000, ...more }),
	];
}

async function spansOf(lines: readonly object[]): Promise<SpanRecord[]> {
	const store = await storeOf([eventsOf(lines)]);
	const [session] = exportSessions(store, 0);
	assert.ok(session !== undefined);
	const rows = exportRows(store, [session.id]).get(session.id);
	assert.ok(rows !== undefined);
	return sessionSpans(session, rows);
}

/** Names of the spans by trace, in order. */
function traces(spans: readonly SpanRecord[]): string[][] {
	const ids = [...new Set(spans.map(({ traceId }) => traceId))];
	return ids.map((id) => spans.filter(({ traceId }) => traceId === id).map(({ name }) => name));
}

describe("The spans of a session", () => {
	it("are a trace for each turn, and one root in it", async () => {
		const spans = await spansOf([
			line(0, "session_start", { source: "startup" }),
			line(1, "prompt"),
			...call(2, "a"),
			line(10, "turn_end"),
			line(60, "prompt"),
			...call(62, "b"),
			...call(64, "c"),
			line(70, "session_end", { reason: "exit" }),
		]);
		assert.deepEqual(traces(spans), [
			["invoke_agent", "execute_tool Bash"],
			["invoke_agent", "execute_tool Bash", "execute_tool Bash"],
		]);
		const [first, second] = spans.filter(({ parentSpanId }) => parentSpanId === "");
		assert.deepEqual([first?.startMs, first?.endMs], [AT, AT + 3000]);
		assert.deepEqual([second?.startMs, second?.endMs], [AT + 60_000, AT + 70_000]);
		assert.equal(first?.readyMs, AT + 60_000);
		assert.ok(spans.every((span) => span.attributes["gen_ai.conversation.id"] === "s1"));
	});

	it("are one where nothing tells of turns", async () => {
		assert.deepEqual(traces(await spansOf([...call(0, "a"), ...call(600, "b")])), [
			["invoke_agent", "execute_tool Bash", "execute_tool Bash"],
		]);
	});

	it("take what two sources tell of one turn for one", async () => {
		const lines = [line(0, "prompt"), line(1.5, "prompt"), ...call(2, "a")];
		assert.equal(traces(await spansOf(lines)).length, 1);
	});

	it("keep an agent and all below it in the turn that launched it", async () => {
		const inner = { agent_id: "a2", agent_type: "Explore" };
		const spans = await spansOf([
			line(0, "prompt"),
			line(1, "agent_start", { agent_id: "a1", agent_type: "Explore" }),
			line(50, "prompt"),
			...call(60, "late", { agent_id: "a1", agent_type: "Explore" }),
			line(61, "agent_spawn", { id: "t2", agent_id: "a1", subagent_type: "Explore" }),
			line(62, "agent_start", inner),
			line(62, "agent_link", {
				id: "t2",
				child_id: "a2",
				agent_id: "a1",
				status: "async_launched",
			}),
			...call(63, "deep", inner),
			line(70, "agent_stop", { ...inner, outcome: "functional" }),
			line(80, "agent_stop", { agent_id: "a1", agent_type: "Explore", outcome: "functional" }),
		]);
		const [first] = spans;
		for (const span of spans.filter(({ name }) => name !== "invoke_agent")) {
			assert.equal(span.traceId, first?.traceId, span.name);
		}
		const known = new Set(spans.map(({ spanId }) => spanId));
		const parents = spans.map(({ parentSpanId }) => parentSpanId).filter((id) => id !== "");
		assert.ok(parents.every((id) => known.has(id)));
	});

	it("tell of failures and waits as events, and of what was cut off as none", async () => {
		const spans = await spansOf([
			line(0, "tool_use", { id: "a", tool: "Bash" }),
			line(1, "permission_wait", { tool: "Bash" }),
			line(9, "tool_result", {
				id: "a",
				tool: "Bash",
				success: false,
				error_class: "exit_1",
				duration_ms: 9000,
			}),
			line(10, "tool_use", { id: "b", tool: "Bash" }),
			line(11, "session_end", { reason: "exit" }),
		]);
		const [a, b] = spans.filter(({ name }) => name.startsWith("execute_tool"));
		assert.deepEqual(a?.events, [
			{
				name: "agent_live_graph.wait",
				atMs: AT + 1000,
				attributes: { "agent_live_graph.wait.told_by": "hook" },
			},
			{ name: "exception", atMs: AT + 9000, attributes: { "exception.type": "exit_1" } },
		]);
		assert.deepEqual([a?.isError, b?.isError, b?.events.length], [true, false, 0]);
		assert.equal(b?.attributes["agent_live_graph.interrupted"], true);
	});
});
