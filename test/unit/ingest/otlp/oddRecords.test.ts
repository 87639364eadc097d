import assert from "node:assert/strict";
import { OTLP_CLIENTS } from "../../../../src/ingest/clients/otlpClients.ts";
import { recordsIn } from "../../../../src/ingest/otlp/otlpRecords.ts";
import { collectGarbage } from "../../../support/collectGarbage.ts";

const NOW = Date.parse("2026-01-01T10:00:00Z");
const nanos = (ms: number) => `${ms}000000`;

describe("Records that no client should send", () => {
	it("are counted where a span of Copilot CLI has a name that nobody knows", () => {
		const { read } = readerOf("copilot-cli");
		const named = ["brand_new thing", "hooks_of_another_kind", "hook run", ""];
		assert.deepEqual(
			named.flatMap((name) => read("span", { name }).unknown),
			["brand_new thing", "hooks_of_another_kind"],
		);
	});

	it("leave the orchestrator its last words, though an agent without a name came to its end", () => {
		const { read, settle } = readerOf("claude-code");
		const log = (name: string) =>
			read("log", {
				timeUnixNano: nanos(NOW),
				attributes: attributesOf({ "event.name": name, "session.id": "s1" }),
			});
		log("subagent_completed");
		log("assistant_response");
		assert.deepEqual(
			settle().map(({ event }) => event),
			["turn_end"],
		);
	});

	it("end nothing where threads of Codex are in each other by the thousand, or in a circle", () => {
		const { read } = readerOf("codex");
		const started = (from: number, to: number) =>
			read(
				"log",
				codexLog("codex.agent_communication", {
					kind: "spawn",
					sender_thread_id: `t${from}`,
					receiver_thread_id: `t${to}`,
				}),
			);
		for (let depth = 4000; depth > 0; depth--) started(depth - 1, depth);
		started(4000, 0);
		read("log", codexLog("codex.user_prompt", { "conversation.id": "t4000" }));
		read("log", codexLog("codex.conversation_starts", { "conversation.id": "t4000", model: "m" }));
		const { lines } = read("log", codexLog("codex.startup_phase", { "conversation.id": "t0" }));
		assert.deepEqual(
			lines.map(({ event, session_id, agent_id }) => [event, session_id, agent_id]),
			[["agent_start", "t0", "t4000"]],
		);
	});

	it("link no call of Codex to an agent that is told of again after its own call", () => {
		const { read } = readerOf("codex");
		read("log", codexLog("codex.startup_phase", { "conversation.id": "t0" }));
		const start = (child: string) =>
			read(
				"log",
				codexLog("codex.agent_communication", {
					kind: "spawn",
					sender_thread_id: "t0",
					receiver_thread_id: child,
				}),
			);
		const called = (id: string) =>
			read(
				"log",
				codexLog("codex.tool_result", {
					"conversation.id": "t0",
					call_id: id,
					tool_name: "spawn_agent",
					arguments: "{}",
					success: "true",
				}),
			).lines.find(({ event }) => event === "agent_link")?.child_id;
		start("a1");
		assert.equal(called("c1"), "a1");
		start("a1");
		start("a2");
		assert.equal(called("c2"), "a2");
	});

	it("keep nothing of their texts while they wait for an agent that does not end", () => {
		const { read } = readerOf("copilot-cli");
		collectGarbage();
		const before = process.memoryUsage().heapUsed;
		for (let count = 0; count < 100; count++) {
			read("span", {
				name: "chat",
				spanId: `chat${count}`,
				parentSpanId: "agent",
				endTimeUnixNano: nanos(NOW + count),
				attributes: attributesOf({
					"gen_ai.operation.name": "chat",
					"gen_ai.agent.name": "explore",
					"gen_ai.conversation.id": "s1",
					"gen_ai.request.model": "m",
					"gen_ai.input.messages": `${count}${"a prompt ".repeat(40_000)}`,
				}),
			});
		}
		collectGarbage();
		assert.ok(process.memoryUsage().heapUsed - before < 8_000_000);
	});
});

/** A client's reader, given one record of its at a time as it comes over the wire. */
function readerOf(client: string) {
	const reader = OTLP_CLIENTS.find(({ name }) => name === client)?.newOtlpReader(() => 0);
	assert.ok(reader !== undefined);
	const read = (kind: "log" | "span", record: object) => {
		const body =
			kind === "log"
				? { resourceLogs: [{ scopeLogs: [{ logRecords: [record] }] }] }
				: { resourceSpans: [{ scopeSpans: [{ spans: [record] }] }] };
		return reader.read(recordsIn(kind, JSON.parse(JSON.stringify(body))) ?? [], NOW);
	};
	return { read, settle: () => reader.settle(NOW + 3_600_000) };
}

function codexLog(name: string, values: Readonly<Record<string, string>>) {
	return { timeUnixNano: nanos(NOW), attributes: attributesOf({ "event.name": name, ...values }) };
}

function attributesOf(values: Readonly<Record<string, string>>) {
	return Object.entries(values).map(([key, stringValue]) => ({ key, value: { stringValue } }));
}
