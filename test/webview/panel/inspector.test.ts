import assert from "node:assert/strict";
import { DEFAULT_PANEL_SETTINGS } from "../../../src/protocol/messages.ts";
import type { BrowserPage, PageOptions } from "../../support/page/browserPage.ts";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const agent = agentView("a1", {
	type: "test-writer",
	description: "property tests for the tokenizer",
	model: "claude-sonnet-5",
	state: "done",
	outcome: "fail",
	stubs: 2,
	startedAt: START - 372_000,
	endedAt: START,
	calls: 28,
	failures: 3,
	tokens: 379_000,
	costUsd: 0.21,
});
const tool = { failures: 0, totalMs: 90, maxMs: 21 };
const call = { detail: "", startedAt: START, success: true, errorClass: "" };
const detail = {
	key: "a1",
	tools: [
		{ tool: "mcp__github__create_issue", ...tool, calls: 11, p50Ms: 14, p95Ms: 20 },
		{
			tool: "Bash",
			calls: 9,
			failures: 3,
			totalMs: 99_000,
			maxMs: 42_000,
			p50Ms: 8000,
			p95Ms: 41_000,
		},
		{ tool: "Read", calls: 1, failures: 0, totalMs: 0, maxMs: 0, p50Ms: null, p95Ms: null },
	],
	toolStats: [],
	recent: [
		{ ...call, id: "toolu_1", tool: "mcp__github__create_issue", durationMs: 1800 },
		{
			...call,
			id: "toolu_2",
			tool: "Bash",
			detail: "cargo",
			durationMs: 2900,
			success: false,
			errorClass: "exit_101",
		},
	],
	usage: [
		{
			model: "claude-sonnet-5",
			messages: 3,
			tokensIn: 10,
			tokensOut: 9,
			cacheRead: 89,
			cacheWrite: 1,
			costUsd: 0.21,
			withoutPrice: 0,
		},
	],
	sessionUsage: [],
	aliases: [],
};

describe("the inspector", () => {
	const pages = usePages();

	async function open(options: PageOptions = {}): Promise<BrowserPage> {
		const page = await pages.open(options);
		await page.snapshot([sessionView("s1"), agent]);
		await page.send({ type: "settings", settings: { ...DEFAULT_PANEL_SETTINGS, canOpen: true } });
		await page.send({ type: "select", id: "a1", reveal: false });
		await page.send({ type: "detail", detail });
		const failed = { session: "s1", agent: "agent-a1", call: "toolu_2" };
		await page.send({ type: "reason", ...failed, text: "tokens::round_trip: left 41, right 42" });
		await page.advance(300);
		return page;
	}

	it("has four cards, two by two", async () => {
		const page = await open();
		const cards = page.page.locator(".card");
		const texts = (await cards.allInnerTexts()).map((text) => text.split("\n"));
		assert.deepEqual(
			texts.map((lines) => lines.map((line) => line.trim())),
			[
				["STATE", "failed", "2 stubs admitted"],
				["TIME", "6 m 12 s", texts[1]?.[2] ?? ""],
				["CALLS", "28", "3 failed"],
				["COST", "$0.21", "379 k tokens · 89 % cached"],
			],
		);
		const boxes = await cards.evaluateAll((all) =>
			all.map((card) => {
				const { left, top, width } = card.getBoundingClientRect();
				return [left, top, width];
			}),
		);
		const [state, time, calls, cost] = boxes;
		assert.equal(state?.[1], time?.[1]);
		assert.equal(calls?.[1], cost?.[1]);
		assert.equal(state?.[0], calls?.[0]);
		assert.equal(time?.[0], cost?.[0]);
		assert.equal(new Set(boxes.map(([, , width]) => width)).size, 1);
		await page.screenshot("inspectorCards");
	});

	it("tells p50 and p95 by tool, and names tools of servers by server and tool", async () => {
		const page = await open();
		const rows = await page.page.locator(".tools tbody tr").allInnerTexts();
		assert.deepEqual(
			rows.map((row) => row.split("\t").map((cell) => cell.trim())),
			[
				["github · create_issue", "14 ms", "20 ms", "", "11"],
				["Bash", "8.0 s", "41.0 s", "3", "9"],
				["Read", "", "", "", "1"],
			],
		);
		const latest = await page.page.locator(".call-tool").allInnerTexts();
		assert.deepEqual(latest, ["Bash", "github · create_issue"]);
	});

	it("says on top which call failed and why, and leads to it", async () => {
		const page = await open();
		const box = page.page.locator(".failure");
		assert.match(await box.innerText(), /Bash cargo failed · exit 101\s+tokens::round_trip/);
		await page.page.getByRole("button", { name: "Open at this call" }).click();
		assert.deepEqual(await page.postedOf("openTranscript"), [
			{ type: "openTranscript", session: "s1", agent: "agent-a1", call: "toolu_2" },
		]);
	});

	for (const height of [700, 320]) {
		it(`keeps the task and the failure in sight in a panel ${height} px high`, async () => {
			const page = await open({ height });
			for (const part of [".description", ".failure", ".cards", ".tools"]) {
				const box = await page.page.locator(part).boundingBox();
				assert.ok((box?.height ?? 0) > 14, `${part} is ${box?.height} px high`);
			}
		});
	}

	for (const theme of ["light", "highContrast"] as const) {
		it(`looks right in the theme ${theme}`, async () => {
			const page = await open({ theme });
			assert.ok(await page.page.locator(".failure").isVisible());
			await page.screenshot(`inspectorCards-${theme}`);
		});
	}
});
