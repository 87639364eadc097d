import assert from "node:assert/strict";
import * as fc from "fast-check";
import { parseLine } from "../../../../src/ingest/eventLog/parseLine.ts";
import { receivedLine } from "../../../../src/ingest/otlp/receivedLine.ts";

const AT = Date.parse("2026-01-01T10:00:00.123Z");

describe("A line of what was received", () => {
	it("holds what its fields may hold, and nothing else", () => {
		const line = receivedLine("claude-code", "tool_result", AT, {
			session_id: "s1",
			agent_id: "two words",
			id: "c1",
			tool: "Bash\nrm -rf /",
			program: "echo $SECRET",
			error_class: "File /home/dev/secret.txt not found",
			mcp_server: "a <b>",
			success: false,
			duration_ms: -1,
			tokens_in: 1.5,
			cost_usd: 1e9,
		});
		assert.deepEqual(line, {
			v: 2,
			ts: "2026-01-01T10:00:00.123Z",
			event: "tool_result",
			client: "claude-code",
			via: "otlp",
			session_id: "s1",
			id: "c1",
			success: false,
		});
	});

	it("is none without a session, a time, or what its event needs", () => {
		const call = { session_id: "s1", id: "c1", tool: "Bash" };
		assert.ok(receivedLine("codex", "tool_use", AT, call) !== null);
		assert.equal(receivedLine("codex", "tool_use", AT, { ...call, session_id: "" }), null);
		assert.equal(receivedLine("codex", "tool_use", AT, { ...call, id: "" }), null);
		assert.equal(receivedLine("codex", "usage", AT, call), null);
		for (const at of [0, Number.NaN, -1, 1e20]) {
			assert.equal(receivedLine("codex", "tool_use", at, call), null);
		}
	});

	it("can be read, and is short, whatever a client sent", () => {
		const value = fc.oneof(
			fc.string({ unit: "binary", maxLength: 3000 }),
			fc.integer(),
			fc.boolean(),
		);
		const fields = fc.record({
			agent_id: value,
			id: value,
			tool: value,
			raw_tool: value,
			skill: value,
			program: value,
			success: value,
			duration_ms: value,
		});
		fc.assert(
			fc.property(fields, (some) => {
				const line = receivedLine("codex", "tool_result", AT, { session_id: "s1", ...some });
				if (line === null) return;
				const text = JSON.stringify(line);
				assert.ok(Buffer.byteLength(text) < 4096);
				assert.equal(typeof parseLine(text), "object");
			}),
		);
	});
});
