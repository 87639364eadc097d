import assert from "node:assert/strict";
import { budgetsOf } from "../../../src/insights/budgets/budget.ts";
import type { BudgetState } from "../../../src/insights/budgets/budgetStates.ts";
import { budgetStates } from "../../../src/insights/budgets/budgetStates.ts";
import { budgetName, leftText, shareText } from "../../../src/insights/budgets/budgetText.ts";
import { openWindow } from "../../../src/insights/budgets/fiveHours.ts";
import { noticesOf } from "../../../src/insights/budgets/notices.ts";
import { Codes, type UsageColumns } from "../../../src/insights/columns.ts";
import { periodAround } from "../../../src/insights/period.ts";

const HOUR = 3_600_000;
const at = (text: string): number => Date.parse(`${text}Z`);
const local = (...parts: [number, number, number, number?]): number => new Date(...parts).getTime();

/** Messages of sessions, each of a folder and a client; `usd` is null without a price. */
function columnsOf(
	messages: readonly {
		ts: number;
		usd: number | null;
		folder?: string;
		client?: string;
		/** Input, output, read from the cache, written into it. */
		tokens?: readonly [number, number, number, number];
	}[],
): UsageColumns {
	const [projects, clients, types, models] = [new Codes(), new Codes(), new Codes(), new Codes()];
	const sessions = messages.map(({ folder = "/work/shop", client = "claude-code" }, place) => ({
		id: `s${place}`,
		project: projects.of(folder),
		client: clients.of(client),
		startedAt: null,
		within: [],
	}));
	const tokensAt = (at: number) => Float64Array.from(messages, ({ tokens }) => tokens?.[at] ?? 0);
	return {
		projects,
		clients,
		types,
		models,
		sessions,
		actors: sessions.map((_, session) => ({ session, type: 0, model: 0, agent: null, types: [] })),
		messages: {
			length: messages.length,
			times: Float64Array.from(messages, ({ ts }) => ts),
			actors: Int32Array.from(messages.keys()),
			models: new Int32Array(messages.length),
			tokensIn: tokensAt(0),
			tokensOut: tokensAt(1),
			cacheRead: tokensAt(2),
			cacheWrite: tokensAt(3),
			nanoUsd: Float64Array.from(messages, ({ usd }) => (usd === null ? Number.NaN : usd * 1e9)),
		},
	};
}

describe("the setting of budgets", () => {
	it("keeps what is a budget, and leaves out the rest", () => {
		const good = { per: "month", usd: 300 };
		const tokens = { per: "fiveHours", tokens: 20_000_000, client: "claude-code" };
		assert.deepEqual(
			budgetsOf(
				[
					good,
					tokens,
					{ ...good, tokens: 7 },
					{ per: "month" },
					{ per: "day", tokens: -1 },
					{ per: "day", usd: 20, folder: "~/shop/", client: "codex" },
					{ per: "year", usd: 1 },
					{ per: "day", usd: 0 },
					{ per: "day", usd: "20" },
					{ per: "day", usd: Number.NaN },
					{ per: "day", usd: 5, folder: 7 },
					{ per: "day", usd: 5, client: "" },
					null,
					"month",
				],
				"/home/me",
			),
			[
				{ per: "month", of: "usd", limit: 300 },
				{ per: "fiveHours", of: "tokens", limit: 20_000_000, client: "claude-code" },
				{ per: "day", of: "usd", limit: 20, folder: "/home/me/shop", client: "codex" },
			],
		);
		for (const raw of [undefined, null, {}, "x", 7]) assert.deepEqual(budgetsOf(raw, "/"), []);
	});
});

describe("the window of five hours", () => {
	it("begins with a message, rounded down to the hour, and ends five hours later", () => {
		const times = [at("2026-11-27T10:40:00")];
		const window = { from: at("2026-11-27T10:00:00"), until: at("2026-11-27T15:00:00") };
		assert.deepEqual(openWindow(times, at("2026-11-27T10:40:00")), window);
		assert.deepEqual(openWindow(times, window.until - 1), window);
		assert.equal(openWindow(times, window.until), null);
		assert.equal(openWindow([], window.from), null);
	});

	it("is followed by one that begins with the first message after it, in whatever order they come", () => {
		const times = ["16:20", "10:40", "14:59", "15:59"].map((time) => at(`2026-11-27T${time}:00`));
		const window = openWindow(times, at("2026-11-27T16:30:00"));
		assert.deepEqual(window, {
			from: at("2026-11-27T15:00:00"),
			until: at("2026-11-27T20:00:00"),
		});
	});

	it("does not know what comes later", () => {
		const times = [at("2026-11-27T10:40:00"), at("2026-11-27T15:10:00")];
		assert.equal(openWindow(times, at("2026-11-27T12:00:00"))?.from, at("2026-11-27T10:00:00"));
	});
});

describe("what was spent of a budget", () => {
	const now = local(2026, 10, 27, 15);

	it("is that of its day, its week from Monday on, its month", () => {
		assert.deepEqual(periodAround("day", now), {
			from: local(2026, 10, 27),
			until: local(2026, 10, 28),
		});
		assert.deepEqual(periodAround("week", now), {
			from: local(2026, 10, 23),
			until: local(2026, 10, 30),
		});
		assert.deepEqual(periodAround("month", now), {
			from: local(2026, 10, 1),
			until: local(2026, 11, 1),
		});
		assert.equal(periodAround("week", local(2026, 10, 29, 23)).from, local(2026, 10, 23));
		const columns = columnsOf([
			{ ts: local(2026, 9, 31, 23), usd: 100 },
			{ ts: local(2026, 10, 1), usd: 10 },
			{ ts: local(2026, 10, 23), usd: 5 },
			{ ts: local(2026, 10, 27, 1), usd: 2 },
			{ ts: now - HOUR, usd: 1 },
		]);
		const pers = ["day", "week", "month", "fiveHours"] as const;
		const states = budgetStates(
			columns,
			pers.map((per) => ({ per, of: "usd", limit: 10 })),
			now,
		);
		assert.deepEqual(
			states.map(({ spent }) => spent),
			[3, 8, 18, 1],
		);
	});

	it("is that of its folder, those below it, and its client", () => {
		const columns = columnsOf([
			{ ts: now, usd: 1, folder: "/work/shop" },
			{ ts: now, usd: 2, folder: "/work/shop/api", client: "codex" },
			{ ts: now, usd: 4, folder: "/work/shopping" },
		]);
		const day = { per: "day", of: "usd", limit: 10 } as const;
		const budgets = [
			day,
			{ ...day, folder: "/work/shop" },
			{ ...day, client: "codex" },
			{ ...day, folder: "/elsewhere" },
		];
		assert.deepEqual(
			budgetStates(columns, budgets, now).map(({ spent }) => spent),
			[7, 3, 2, 0],
		);
	});

	it("is more than is known where a message has no price", () => {
		const columns = columnsOf([
			{ ts: now, usd: 8.25 },
			{ ts: now, usd: null },
		]);
		const [state] = budgetStates(columns, [{ per: "day", of: "usd", limit: 10 }], now);
		assert.equal(state?.isPartial, true);
		assert.equal(state === undefined ? "" : shareText(state), "≥ 82 %");
	});

	it("is that of tokens of all kinds where the limit counts those, whatever has no price", () => {
		const columns = columnsOf([
			{ ts: now, usd: null, tokens: [1, 20, 300, 4000] },
			{ ts: now - 6 * HOUR, usd: 1, tokens: [7, 7, 7, 7] },
		]);
		const budget = { per: "fiveHours", of: "tokens", limit: 5000 } as const;
		const [state] = budgetStates(columns, [budget], now);
		assert.deepEqual([state?.spent, state?.isPartial], [4321, false]);
		assert.equal(state === undefined ? "" : shareText(state), "86 %");
		assert.match(
			state === undefined ? "" : leftText(state),
			/^679 tokens of 5 k tokens left until 2026-11-27 20:00$/,
		);
	});

	it("is told in words", () => {
		const period = { from: local(2026, 10, 1), until: local(2026, 11, 1) };
		const state: BudgetState = {
			budget: { per: "month", of: "usd", limit: 300, folder: "/work/shop", client: "codex" },
			period,
			spent: 246,
			isPartial: false,
		};
		assert.equal(budgetName(state.budget), "Month's budget, shop, codex");
		assert.equal(shareText(state), "82 %");
		assert.equal(leftText(state), "$54.00 of $300.00 left until 2026-12-01 00:00");
		assert.equal(shareText({ ...state, spent: 299.9 }), "99 %");
		assert.match(leftText({ ...state, spent: 310 }), /^\$10\.00 over \$300\.00 until /);
		assert.match(leftText({ ...state, period: null }), /^no window is open/);
	});
});

describe("a notification of a budget", () => {
	const state = (spent: number, from = 0): BudgetState => ({
		budget: { per: "day", of: "usd", limit: 10 },
		period: { from, until: from + 24 * HOUR },
		spent,
		isPartial: false,
	});

	it("comes at 80 and at 100 %, once in a period", () => {
		const told: number[] = [];
		let said: readonly string[] = [];
		const spent = [1, 7.99, 8, 9, 9.99, 10, 12];
		const days = [
			...spent.map((usd) => state(usd)),
			...[0, 11, 12].map((usd) => state(usd, 24 * HOUR)),
		];
		for (const each of days) {
			const notices = noticesOf([each], said);
			told.push(...notices.say.map(({ spent }) => spent));
			said = notices.said;
		}
		assert.deepEqual(told, [8, 10, 11]);
		assert.equal(said.length, 2);
	});
});
