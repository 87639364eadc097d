import assert from "node:assert/strict";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import { applyLine } from "../../../support/log/applyLine.ts";
import { EventLog, nodeOf, SESSION } from "../../../support/log/eventLog.ts";
import { eventsOf } from "../../../support/telemetry/telemetry.ts";

const START = Date.parse("2026-11-21T10:46:24.000Z");
const ms = (after: number) => ({ ts: new Date(START + after).toISOString() });
const REMINDER = { notification_type: "permission_prompt" };

/** The log of one session, by ms, with what parallel calls write. */
class Turn extends EventLog {
	constructor() {
		super();
		this.add("prompt", ms(0));
	}

	calls(at: number, id: string, tool: string, more: object = {}): this {
		return this.add("tool_use", { ...ms(at), id, tool, ...more });
	}

	waits(at: number, tool: string, more: object = {}): this {
		return this.add("permission_wait", { ...ms(at), tool, ...more });
	}

	done(at: number, id: string, tool: string, more: object = {}): this {
		const result = { id, tool, success: true, duration_ms: 20, ...more };
		return this.add("tool_result", { ...ms(at), ...result });
	}

	launches(at: number, id: string): this {
		return this.add("agent_spawn", { ...ms(at), id, subagent_type: "x" });
	}

	starts(at: number, agent: string): this {
		return this.add("agent_start", { ...ms(at), agent_id: agent, agent_type: "x" });
	}

	get state(): string {
		return nodeOf(this.graph, SESSION).state;
	}
}

describe("Calls of one tool that wait for permission side by side", () => {
	for (const [first, second] of [
		["c1", "c2"],
		["c2", "c1"],
	] as const) {
		it(`wait until both are answered, ${first} before ${second}`, () => {
			const turn = new Turn().calls(100, "c1", "WebFetch").calls(120, "c2", "WebFetch");
			turn.waits(150, "WebFetch").waits(170, "WebFetch").done(9000, first, "WebFetch");
			assert.equal(turn.state, "waiting");
			assert.equal(turn.done(12_000, second, "WebFetch").state, "running");
		});
	}

	for (const tool of ["Agent", "Task"]) {
		it(`waits although the launch by ${tool} is told only later`, () => {
			const turn = new Turn().waits(50, tool).launches(900, "t1");
			assert.equal(turn.state, "waiting");
			assert.equal(turn.starts(9000, "a1").state, "running");
		});
	}

	const asked = (tool: string) =>
		new Turn().calls(100, "c1", tool).waits(120, tool).calls(130, "c2", tool).waits(150, tool);

	it("are not ended by what stands beside the result of another", () => {
		const turn = asked("Skill").done(9000, "c1", "Skill");
		turn.add("skill_use", { ...ms(9010), id: "c1", skill: "x", success: true, duration_ms: 20 });
		assert.equal(turn.state, "waiting");
	});

	it("are not ended by a result of another that is told twice", () => {
		const turn = asked("Bash").done(9000, "c1", "Bash").done(9005, "c1", "Bash");
		assert.equal(turn.state, "waiting");
	});

	it("are not ended by one that fails for want of rights, which nobody denied", () => {
		const turn = new Turn().calls(100, "c1", "Read").calls(120, "c2", "Read").waits(150, "Read");
		turn.done(200, "c2", "Read", { success: false, error_class: "denied", duration_ms: 10 });
		assert.equal(turn.state, "waiting");
	});
});

describe("A permission line", () => {
	it("that is told twice is one wait, before the line of its call and after it", () => {
		const after = new Turn().launches(100, "t1").waits(150, "Agent").waits(150, "Agent");
		assert.equal(after.starts(9000, "a1").state, "running");
		const before = new Turn().waits(150, "Bash").waits(150, "Bash").calls(160, "c1", "Bash");
		assert.equal(before.done(9000, "c1", "Bash").state, "running");
	});

	it("may come before that of its call also when a call was denied before", () => {
		const turn = new Turn().calls(100, "c0", "Bash").waits(150, "Bash");
		turn.waits(30_000, "Bash").calls(30_010, "c1", "Bash");
		assert.equal(turn.state, "waiting");
		assert.equal(turn.done(40_000, "c1", "Bash").state, "running");
	});
});

describe("A launch that waits for permission", () => {
	it("waits on when another beside it needs none", () => {
		const turn = new Turn().launches(100, "t1").launches(120, "t2").waits(150, "Agent");
		assert.equal(turn.starts(180, "a2").state, "waiting");
		assert.equal(turn.starts(9000, "a1").state, "running");
	});

	it("waits no more when it is allowed at once", () => {
		const turn = new Turn().launches(100, "t1").waits(150, "Agent").starts(300, "a1");
		assert.equal(turn.state, "running");
	});

	it("waits no more when it is allowed after another was denied", () => {
		const turn = new Turn().launches(100, "t1").waits(150, "Agent");
		turn.launches(30_000, "t2").waits(30_050, "Agent").starts(40_000, "a2");
		assert.equal(turn.state, "running");
	});

	it("waits no more when the transcript tells that it was denied, while another goes on", () => {
		const turn = new Turn().launches(100, "t2").starts(150, "a2");
		const { graph } = turn.launches(200, "t1").waits(250, "Agent");
		assert.equal(nodeOf(graph, SESSION).state, "waiting");
		const refused = { id: "t1", tool: "Agent", success: false, error_class: "denied" };
		const [event] = eventsOf(new EventLog().add("tool_result", { ...ms(9000), ...refused }).events);
		graph.apply({ ...event, origin: "transcript" } as AgentEvent);
		assert.equal(nodeOf(graph, SESSION).state, "running");
	});
});

describe("Questions of several agents, where the client reminds of one that is open", () => {
	const ofAgent = { agent_id: "a1" };
	const first = () =>
		new Turn()
			.starts(10, "a1")
			.calls(100, "c0", "Bash")
			.waits(150, "Bash")
			.add("notification", { ...ms(6200), ...REMINDER });

	it("asks none again that was answered, when it reminds of another", () => {
		const turn = first().done(9000, "c0", "Bash").calls(10_000, "c1", "Bash", ofAgent);
		const { graph } = turn.waits(10_050, "Bash", ofAgent);
		graph.reap(START + 30_000, 30 * 60_000);
		assert.equal(nodeOf(graph, "a1").state, "running");
		const later = new Turn().calls(60_000, "c2", "Edit").waits(60_050, "Edit");
		later.add("notification", { ...ms(66_100), ...REMINDER });
		for (const event of later.events.slice(1)) applyLine(graph, JSON.stringify(event));
		assert.equal(nodeOf(graph, SESSION).state, "waiting");
		assert.equal(nodeOf(graph, "a1").state, "running");
	});

	it("takes none for answered that stands behind another one", () => {
		const turn = first().calls(8000, "c1", "Bash", ofAgent).waits(8050, "Bash", ofAgent);
		const { graph } = turn;
		graph.reap(START + 30_000, 30 * 60_000);
		assert.equal(graph.counters.waiting, 2);
	});
});
