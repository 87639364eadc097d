import assert from "node:assert/strict";
import { parseLine } from "../../../../src/ingest/eventLog/parseLine.ts";
import { fileOf, unpriced } from "../../../support/transcripts/recordedRun.ts";

const FORK = "afix-the-login-of-bob-0123456789abcdef";
const SESSION = "5e55104e-0000-4000-8000-000000000001";
const HEAD = { sessionId: SESSION, timestamp: "2026-01-01T10:00:00.000Z" };

describe("An agent's id that is made of words of a prompt", () => {
	const place = `p/${SESSION}/subagents/agent-${FORK}.jsonl`;
	const file = fileOf(place);
	assert.ok(file !== null);
	const kept = file.agent;

	it("is kept as a hash", () => {
		assert.match(kept, /^a[0-9a-f]{16}$/);
	});

	it("is the same wherever it is told", () => {
		const own = unpriced.newReader({ session: SESSION, agent: "", companions: [] });
		const lines = [
			{
				...HEAD,
				type: "user",
				message: { content: [{ type: "tool_result", tool_use_id: "t1", content: "found" }] },
				toolUseResult: { status: "completed", agentId: FORK },
			},
			{
				...HEAD,
				type: "user",
				message: {
					content: `<task-notification>\n<task-id>${FORK}</task-id>\n<summary>Agent done</summary>`,
				},
			},
		];
		const told = lines.flatMap((line) => own.line(JSON.stringify(line)).records);
		const logged = [
			{ event: "agent_start", agent_id: FORK },
			{ event: "agent_done", id: "t1", child_id: FORK },
			{ event: "agent_spawn", id: "t2", parent_id: FORK },
		].map((event) =>
			parseLine(JSON.stringify({ v: 2, ts: HEAD.timestamp, session_id: SESSION, ...event })),
		);
		const all = JSON.stringify([told, logged]);
		assert.ok(!all.includes("login"));
		assert.equal(all.split(kept).length - 1, 6);
	});

	it("is left as it is where it is made of chance alone", () => {
		for (const id of ["a0123456789abcdef", "a5a5a5a5", "0b8a6e2c-0000-4000-8000-000000000001"]) {
			const line = {
				v: 2,
				ts: HEAD.timestamp,
				event: "agent_start",
				session_id: "s",
				agent_id: id,
			};
			const event = parseLine(JSON.stringify(line));
			assert.ok(typeof event === "object");
			assert.equal(event.agent, id);
		}
	});
});
