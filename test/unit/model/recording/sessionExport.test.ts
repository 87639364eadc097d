import assert from "node:assert/strict";
import { Recording } from "../../../../src/model/recording/recording.ts";
import { makeSessionExport } from "../../../../src/model/recording/sessionExport.ts";
import { EventLog, SESSION } from "../../../support/log/eventLog.ts";
import { eventsOf, NOW } from "../../../support/telemetry/telemetry.ts";

function recordingOf(log: EventLog): Recording {
	const recording = new Recording(SESSION);
	recording.add(eventsOf(log.events));
	return recording;
}

const options = { now: NOW, silenceMs: 60_000, prompt: null };

describe("A session as a file", () => {
	it("has its nodes, their times and tools, and all that was told, by time", () => {
		const log = new EventLog()
			.start("a1", "Explore")
			.use("c1", "a1")
			.result("c1", "a1")
			.stop("a1", "Explore", "functional");
		const made = makeSessionExport(recordingOf(log), options);
		assert.equal(made.format, "agent-live-graph.session");
		assert.equal(made.version, 1);
		assert.equal(made.exportedAt, new Date(NOW).toISOString());
		const agent = made.graph.nodes.find(({ id }) => id === "a1");
		assert.equal(agent?.outcome, "functional");
		assert.equal(made.figures.a1?.tools[0]?.calls, 1);
		assert.ok((made.figures.a1?.endedAt ?? 0) > (made.figures.a1?.startedAt ?? 0));
		assert.deepEqual(
			made.events.map(({ event }) => event),
			["agent_start", "tool_use", "tool_result", "agent_stop"],
		);
	});

	it("tells no folder, and keeps files of one name in two folders apart", () => {
		const log = new EventLog().start("a1", "Explore");
		for (const [i, path] of ["/home/me/secret/a.ts", "/home/me/other/a.ts"].entries()) {
			const call = { id: `c${i}`, tool: "Edit", agent_id: "a1", file_path: path };
			log.add("tool_use", call).add("tool_result", { ...call, success: true, duration_ms: 10 });
		}
		const made = makeSessionExport(recordingOf(log), options);
		assert.doesNotMatch(JSON.stringify(made), /secret|home/);
		const paths = made.events.flatMap((event) => ("filePath" in event ? [event.filePath] : []));
		assert.deepEqual([...new Set(paths)], ["/1/a.ts", "/2/a.ts"]);
		assert.ok(made.events.every(({ cwd }) => cwd === "" || cwd === "/app"));
	});

	it("tells what was asked only where it is to", () => {
		const recording = recordingOf(new EventLog().start("a1", "Explore"));
		assert.equal(makeSessionExport(recording, options).prompt, null);
		const prompt = "find the parser";
		assert.equal(makeSessionExport(recording, { ...options, prompt }).prompt, prompt);
	});

	it("tells the first words that an agent was asked only where what was asked is told", () => {
		const spawn = { id: "t1", subagent_type: "Explore", prompt_preview: "look at the vault" };
		const told = { ...spawn, id: "t2", description: "find the parser" };
		const recording = recordingOf(
			new EventLog().add("agent_spawn", spawn).add("agent_spawn", told).start("a1", "Explore"),
		);
		const quiet = makeSessionExport(recording, options);
		assert.doesNotMatch(JSON.stringify(quiet), /vault/);
		assert.match(JSON.stringify(quiet), /find the parser/);
		const asked = makeSessionExport(recording, { ...options, prompt: "hello" });
		assert.match(JSON.stringify(asked.graph), /look at the vault/);
	});

	it("gives up on whoever was silent for too long", () => {
		const made = makeSessionExport(recordingOf(new EventLog().start("a1", "Explore")), options);
		assert.equal(made.graph.nodes.find(({ id }) => id === "a1")?.state, "lost");
	});
});
