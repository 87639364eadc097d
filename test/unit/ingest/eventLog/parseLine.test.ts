import assert from "node:assert/strict";
import * as fc from "fast-check";
import { parseLine } from "../../../../src/ingest/eventLog/parseLine.ts";
import { MAX_ID_LENGTH, MAX_TEXT_LENGTH } from "../../../../src/model/events/limits.ts";

const HEAD = { v: 2, ts: "2026-01-01T10:00:00.250Z", session_id: "s" };
const parse = (event: object) => parseLine(JSON.stringify(event));

describe("parseLine", () => {
	it("reads a v2 event with its time in milliseconds", () => {
		const event = parse({ ...HEAD, event: "tool_use", id: "t1", agent_id: "a1", tool: "Bash" });
		assert.ok(typeof event === "object" && event.event === "tool_use");
		assert.equal(event.ts, Date.UTC(2026, 0, 1, 10, 0, 0, 250));
		assert.deepEqual([event.session, event.agent, event.tool], ["s", "a1", "Bash"]);
		assert.equal(event.note, null);
	});

	it("reads v1 lines and folds the orchestrator's names into one", () => {
		for (const agent_id of ["main", null, undefined]) {
			const event = parse({ ts: HEAD.ts, event: "tool_use", id: "t", agent_id, tool: "Read" });
			assert.ok(typeof event === "object");
			assert.deepEqual([event.v, event.agent, event.session], [1, "", ""]);
		}
	});

	it("reads the arguments that the contract lets through", () => {
		const args = { program: "cargo", file_path: "/a/b.rs", skill: "review", mcp_server: "db" };
		const event = parse({ ...HEAD, event: "tool_use", id: "t", tool: "mcp__db__run", ...args });
		assert.ok(typeof event === "object" && event.event === "tool_use");
		assert.deepEqual(
			[event.program, event.filePath, event.skill, event.mcpServer, event.mcpTool],
			["cargo", "/a/b.rs", "review", "db", "run"],
		);
	});

	it("says what a call does, whatever its tool is called", () => {
		const kinds = {
			Bash: "shell",
			Edit: "edit",
			MultiEdit: "edit",
			Write: "edit",
			NotebookEdit: "edit",
			Agent: "launch",
			Task: "launch",
			SendMessage: "message",
			mcp__db__run: "mcp",
			Skill: "skill",
			Read: "other",
			constructor: "other",
		};
		for (const [tool, kind] of Object.entries(kinds)) {
			const head = { tool, id: "t" };
			const lines = [
				{ ...HEAD, ...head, event: "tool_use" },
				{ ...HEAD, ...head, event: "tool_result", success: true },
				{ ...HEAD, ...head, event: "permission_wait" },
				{ ts: HEAD.ts, ...head, event: "tool_use" },
			];
			for (const line of lines) {
				const event = parse(line);
				assert.ok(typeof event === "object" && "kind" in event);
				assert.deepEqual([event.kind, event.client], [kind, "claude-code"]);
			}
		}
	});

	it("keeps the numbers of tool stats and nothing else", () => {
		const tool_stats = { readCount: 2, note: "text", nested: {} };
		const event = parse({ ...HEAD, event: "agent_done", id: "t", tool_stats });
		assert.ok(typeof event === "object" && event.event === "agent_done");
		assert.equal(event.toolStats, '{"readCount":2}');
	});

	const bad: readonly (readonly [string, string])[] = [
		["", "not_json"],
		["\u0000\u0001binary", "not_json"],
		['{"v":2', "not_json"],
		["[1,2]", "not_an_object"],
		["null", "not_an_object"],
		['"text"', "not_an_object"],
		["[".repeat(500_000), "not_json"],
		[`${"[".repeat(100_000)}${"]".repeat(100_000)}`, "not_an_object"],
		['{"v":3,"event":"prompt"}', "unknown_version"],
		['{"v":2,"event":"levitate","session_id":"s"}', "unknown_event"],
		['{"event":"session_start"}', "unknown_event"],
		['{"v":2,"event":"prompt"}', "missing_field"],
		['{"v":2,"event":"prompt","session_id":7}', "wrong_type"],
		['{"v":2,"event":7,"session_id":"s"}', "wrong_type"],
		['{"v":2,"session_id":"s"}', "missing_field"],
		['{"v":2,"event":"tool_use","session_id":"s"}', "missing_field"],
		['{"v":2,"event":"tool_result","session_id":"s","id":"t","success":"yes"}', "wrong_type"],
		['{"v":2,"event":"agent_link","session_id":"s","id":"t"}', "missing_field"],
		['{"event":"tool_use","id":{}}', "wrong_type"],
	];
	for (const [line, problem] of bad) {
		it(`names what is wrong with ${line.slice(0, 60) || "an empty line"}: ${problem}`, () => {
			assert.equal(parseLine(line), problem);
		});
	}

	it("bounds every string and keeps long ids apart", () => {
		const long = "x".repeat(1_000_000);
		const one = parse({ ...HEAD, event: "tool_use", id: `${long}1`, tool: long, program: long });
		const other = parse({ ...HEAD, event: "tool_use", id: `${long}2`, tool: long });
		assert.ok(typeof one === "object" && one.event === "tool_use");
		assert.ok(typeof other === "object" && other.event === "tool_use");
		assert.equal(one.id.length, MAX_ID_LENGTH);
		assert.equal(one.note, "id_shortened");
		assert.notEqual(one.id, other.id);
		assert.ok(one.program.length <= MAX_ID_LENGTH);
		const spawn = parse({ ...HEAD, event: "agent_spawn", id: "t", description: long });
		assert.ok(typeof spawn === "object" && spawn.event === "agent_spawn");
		assert.equal(spawn.description.length, MAX_TEXT_LENGTH);
	});

	it("leaves out an optional field of the wrong type and says so", () => {
		const event = parse({ ...HEAD, event: "tool_use", id: "t", tool: ["Bash"], agent_id: 7 });
		assert.ok(typeof event === "object" && event.event === "tool_use");
		assert.deepEqual([event.tool, event.agent, event.note], ["unknown", "", "bad_field"]);
	});

	it("keeps an event whose time cannot be read", () => {
		const event = parse({ ...HEAD, ts: "yesterday", event: "prompt" });
		assert.ok(typeof event === "object");
		assert.deepEqual([event.ts, event.note], [0, "bad_timestamp"]);
	});

	it("is not misled by keys that objects inherit", () => {
		const line =
			'{"__proto__":{"event":"prompt"},"constructor":1,"v":2,"event":"prompt","session_id":"__proto__"}';
		const event = parseLine(line);
		assert.ok(typeof event === "object" && event.session === "__proto__");
		assert.equal(({} as { event?: unknown }).event, undefined);
		assert.equal(parseLine('{"v":2,"event":"__proto__","session_id":"s"}'), "unknown_event");
		assert.equal(parseLine('{"v":2,"event":"constructor","session_id":"s"}'), "unknown_event");
	});

	it("never throws and never returns an unbounded string, whatever the line", () => {
		const keys = [
			"v",
			"ts",
			"event",
			"id",
			"session_id",
			"agent_id",
			"tool",
			"child_id",
			"success",
		];
		const events = ["agent_spawn", "agent_start", "agent_link", "agent_done", "tool_result", "x"];
		const value = fc.oneof(fc.anything(), fc.constantFrom(...events, 1, 2, "main"));
		const record = fc.dictionary(fc.constantFrom(...keys, "__proto__"), value);
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.json(), record), (input) => {
				const parsed = parseLine(typeof input === "string" ? input : JSON.stringify(input));
				if (typeof parsed === "string") return;
				for (const part of Object.values(parsed)) {
					if (typeof part === "string") assert.ok(part.length <= MAX_TEXT_LENGTH);
				}
			}),
			{ numRuns: 2000 },
		);
	});
});
