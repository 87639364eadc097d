import assert from "node:assert/strict";
import {
	facetValues,
	NO_FILTER,
	passes,
	type SessionFilter,
} from "../../../../src/extension/sessions/sessionFilter.ts";
import { groupSessions } from "../../../../src/extension/sessions/sessionGroups.ts";
import {
	queryText,
	sessionDescription,
	sessionIcon,
	sessionLabel,
	sessionTooltip,
} from "../../../../src/extension/sessions/sessionText.ts";
import type { RecordedSession } from "../../../../src/telemetry/figures.ts";

const NOW = new Date(2026, 10, 27, 9, 0, 0);

const session = (id: string, known: Partial<RecordedSession> = {}): RecordedSession => ({
	id,
	client: "claude-code",
	startedBy: null,
	cwd: "/home/dev/app",
	model: null,
	startedAt: NOW.getTime(),
	endedAt: null,
	agents: 0,
	outcomes: [],
	failedAgents: 0,
	agentTypes: [],
	calls: 0,
	failedCalls: 0,
	tokens: null,
	costUsd: null,
	messagesWithoutPrice: 0,
	ownUsd: null,
	listUsd: null,
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

	it("are open where they are today's, yesterday's or the newest", () => {
		const open = (...days: number[]) =>
			groupSessions(
				days.map((day) => session("a", { startedAt: at(day, 0) })),
				[],
				NOW,
			).own.map(({ isRecent }) => isRecent);
		assert.deepEqual(open(27, 26, 21, 20), [true, true, false, false]);
		assert.deepEqual(open(21, 20), [true, false]);
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
		assert.equal(sessionDescription(session("a"), NOW.getTime()), "09:00");
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
			sessionDescription(known, NOW.getTime()),
			"09:00 · 12 m 4 s · 3 agents · 2 failed · 182 k tokens · ≥ $1.90",
		);
		assert.equal(
			sessionDescription(session("a"), NOW.getTime(), true, "Codex"),
			"Codex · 09:00 · running",
		);
		const tooltip = sessionTooltip(
			session("a", { ...known, outcomes: [{ outcome: "fail", agents: 1 }] }),
			{ prompt: "mend", branch: "main" },
		);
		assert.match(tooltip, /^mend\nclient: Claude Code\nfolder: \/home\/dev\/app\nbranch: main\n/);
		assert.match(tooltip, /\nended: 2026-11-27 09:12:04, after 12 m 4 s\n/);
		assert.match(tooltip, /\ntokens: 182 k, those of all agents\ncost: ≥ \$1\.90\n/);
		assert.match(tooltip, /\nagents: 3, 1 fail\n/);
	});

	it("says of which day it is, where that is not today", () => {
		const told = (startedAt: number) => sessionDescription(session("a", { startedAt }), at(27, 9));
		assert.equal(told(at(27, 0)), "00:00");
		assert.equal(told(at(26, 23)), "11-26 23:00");
		assert.equal(told(new Date(2025, 10, 27, 9).getTime()), "2025-11-27 09:00");
	});

	it("says of one that runs that it does, with what has failed by now", () => {
		const known = session("a", { endedAt: at(27, 10), agents: 2, failedAgents: 1, failedCalls: 3 });
		assert.equal(
			sessionDescription(known, NOW.getTime(), true),
			"09:00 · running · 2 agents · 4 failed",
		);
		assert.match(sessionTooltip(known, { prompt: null, branch: "" }, true), /\nruns now\n/);
		assert.equal(sessionIcon(known, true), "play-circle");
		assert.equal(sessionIcon(known, false), "error");
	});
});

describe("a filter of sessions", () => {
	const sessions = [
		session("a", { model: "opus", agentTypes: ["Explore", "Plan"] }),
		session("b", { model: "sonnet", cwd: "/home/dev/other" }),
		session("c", { model: "opus", agentTypes: ["Explore"] }),
	];
	const branchOf = (id: string) => (id === "a" ? "main" : "");
	const passing = (filter: Partial<SessionFilter>) =>
		sessions
			.filter((each) => passes({ ...NO_FILTER, ...filter }, each, branchOf(each.id)))
			.map(({ id }) => id)
			.join("");

	it("lets pass what has one of the values of each kind", () => {
		assert.equal(passing({}), "abc");
		assert.equal(passing({ model: new Set(["opus"]) }), "ac");
		assert.equal(passing({ model: new Set(["opus", "sonnet"]) }), "abc");
		assert.equal(passing({ model: new Set(["opus"]), agentType: new Set(["Plan"]) }), "a");
		assert.equal(passing({ branch: new Set(["main"]) }), "a");
		assert.equal(passing({ client: new Set(["Claude Code"]) }), "abc");
		assert.equal(passing({ client: new Set(["Codex"]) }), "");
		assert.equal(passing({ folder: new Set(["/home/dev/other"]) }), "b");
	});

	it("offers every value there is, the most frequent ones first", () => {
		assert.deepEqual(
			facetValues(sessions, branchOf).map(({ facet, value, count }) => [facet, value, count]),
			[
				["folder", "/home/dev/app", 2],
				["folder", "/home/dev/other", 1],
				["branch", "main", 1],
				["client", "Claude Code", 3],
				["model", "opus", 2],
				["model", "sonnet", 1],
				["agentType", "Explore", 2],
				["agentType", "Plan", 1],
			],
		);
	});

	it("says above the rows what is shown, and how far a search is", () => {
		const filter = { ...NO_FILTER, model: new Set(["opus"]) };
		const search = { text: "mend", found: new Set("a"), done: 3, total: 1200 };
		assert.equal(queryText({ filter: NO_FILTER, search: null }, 3), "");
		assert.equal(queryText({ filter, search: null }, 2), "opus: 2 sessions");
		assert.equal(
			queryText({ filter, search }, 1),
			"1 session asked “mend” (opus), looked through 3 of 1,200",
		);
		assert.equal(
			queryText({ filter: NO_FILTER, search: { ...search, done: 1200 } }, 1),
			"1 session asked “mend”",
		);
	});
});
