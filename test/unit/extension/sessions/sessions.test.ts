import assert from "node:assert/strict";
import { groupSessions } from "../../../../src/extension/sessions/sessionGroups.ts";
import {
	sessionDescription,
	sessionLabel,
	sessionTooltip,
} from "../../../../src/extension/sessions/sessionText.ts";
import type { RecordedSession } from "../../../../src/telemetry/figures.ts";

const NOW = new Date(2026, 10, 27, 9, 0, 0);

const session = (id: string, known: Partial<RecordedSession> = {}): RecordedSession => ({
	id,
	cwd: "/home/dev/app",
	model: null,
	startedAt: NOW.getTime(),
	endedAt: null,
	agents: 0,
	failedAgents: 0,
	calls: 0,
	failedCalls: 0,
	tokens: null,
	costUsd: null,
	messagesWithoutPrice: 0,
	...known,
});

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();

describe("the groups of sessions", () => {
	it("are days as the user's clock has them, those of the workspace first", () => {
		const sessions = [
			session("a", { startedAt: at(27, 0) }),
			session("b", { startedAt: at(26, 23) }),
			session("c", { startedAt: at(26, 0), cwd: "/home/dev/other" }),
			session("d", { startedAt: at(21, 0) }),
			session("e", { startedAt: at(20, 23), cwd: null }),
			session("f", { startedAt: at(20, 23) }),
		];
		const { own, others } = groupSessions(sessions, ["/home/dev/app"], NOW);
		const shown = (groups: typeof own) =>
			groups.map((group) => [group.label, group.sessions.map(({ id }) => id).join()]);
		assert.deepEqual(shown(own), [
			["Today", "a"],
			["Yesterday", "b"],
			["This Week", "d"],
			["Older", "f"],
		]);
		assert.deepEqual(shown(others), [
			["Yesterday", "c"],
			["Older", "e"],
		]);
	});

	it("have no others where no folder is open, and nothing where there is nothing", () => {
		const { own, others } = groupSessions([session("a", { cwd: null })], [], NOW);
		assert.deepEqual([own.length, others.length], [1, 0]);
		assert.deepEqual(groupSessions([], ["/x"], NOW), { own: [], others: [] });
	});
});

describe("a row of a session", () => {
	it("is called after what was asked first, or its folder, or its id", () => {
		assert.equal(sessionLabel(session("a"), " mend\n the  tests "), "mend the tests");
		assert.equal(sessionLabel(session("a"), "x".repeat(200)), `${"x".repeat(80)}…`);
		assert.equal(sessionLabel(session("a"), null), "app");
		assert.equal(sessionLabel(session("abcdefghij", { cwd: null }), null), "Session abcdefgh");
		assert.equal(sessionLabel(session("a", { cwd: "C:\\dev\\web\\" }), ""), "web");
	});

	it("says what is known, and leaves out what is not", () => {
		assert.equal(sessionDescription(session("a")), "09:00");
		const known = session("a", {
			endedAt: NOW.getTime() + 724_000,
			agents: 3,
			failedAgents: 1,
			failedCalls: 1,
			tokens: 182_400,
			costUsd: 1.9,
			messagesWithoutPrice: 2,
		});
		assert.equal(
			sessionDescription(known),
			"09:00 · 12 m 4 s · 3 agents · 2 failed · 182 k tokens · ≥ $1.90",
		);
		assert.match(sessionTooltip(known, "mend"), /^mend\nfolder: \/home\/dev\/app\n/);
	});
});
