import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { DEFAULT_PANEL_SETTINGS } from "../../../src/protocol/messages.ts";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { recordingOf } from "../../support/page/fakeRecording.ts";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";
import { THEMES, type ThemeName } from "../../support/page/themes.ts";
import { ToldSession } from "../../support/page/toldSession.ts";

const waiting = { since: START, tool: "Bash" };
const nodes = [
	sessionView("s1"),
	agentView("a1", { type: "runner", model: "claude-sonnet-5" }),
	agentView("a2", { state: "waiting", waiting, model: "claude-opus-4-8" }),
	agentView("a3", { state: "done", outcome: "partial", endedAt: START, failures: 1 }),
	agentView("a4", { state: "done", outcome: "scaffolding", endedAt: START, model: "" }),
	agentView("a5", { state: "done", outcome: "fail", endedAt: START }),
];

describe("accessibility", () => {
	const pages = usePages();
	let axe = "";
	before(async () => {
		axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
	});

	/** Ids of the rules that axe finds broken seriously, with the first element of each. */
	async function complaints(page: BrowserPage): Promise<string[]> {
		// Axe waits by timers, which stand still here.
		await page.page.clock.resume();
		await page.page.evaluate(axe);
		const results = (await page.page.evaluate("axe.run()")) as AxeResults;
		return results.violations
			.filter(({ impact }) => impact === "serious" || impact === "critical")
			.map(({ id, nodes: [first] }) => `${id}: ${first?.html} ${first?.failureSummary}`);
	}

	for (const theme of Object.keys(THEMES) as ThemeName[]) {
		it(`gives axe nothing serious to say in ${theme} with everything open`, async () => {
			const page = await pages.open({ theme });
			await page.snapshot(nodes);
			await page.page.keyboard.press("t");
			await page.send({ type: "select", id: "a2", reveal: false });
			const toolStats = [{ name: "readCount", count: 2 }];
			const tools = [
				{ tool: "Bash", calls: 3, failures: 1, totalMs: 42, maxMs: 31, p50Ms: 31, p95Ms: 31 },
			];
			const call = { id: "1", tool: "Bash", detail: "cargo", startedAt: START };
			const recent = [{ ...call, durationMs: 5, success: false, errorClass: "exit_1" }];
			const tokens = { tokensIn: 1200, tokensOut: 42, cacheRead: 5000, cacheWrite: 300 };
			const usage = [
				{ model: "own-model", messages: 1, ...tokens, costUsd: null, withoutPrice: 1 },
			];
			await page.send({
				type: "detail",
				detail: { key: "a2", tools, toolStats, recent, usage, sessionUsage: usage, aliases: [] },
			});
			await page.send({
				type: "status",
				status: {
					connection: "reconnecting",
					source: "demo",
					message: "",
					phase: "live",
					areHooksReady: false,
				},
			});
			const failed = { session: "s1", agent: "agent-a2", call: "1" };
			await page.send({ type: "reason", ...failed, text: "error[E0432]\nunresolved import" });
			const durations = [{ type: "Explore", median: 1, p95: 2 }];
			const usualTimes = { silences: [], durations };
			const settings = { ...DEFAULT_PANEL_SETTINGS, canOpen: true, usualTimes };
			await page.send({ type: "settings", settings });
			await page.page.keyboard.press("b");
			await page.advance(500);
			await page.page.getByRole("button", { name: "Export" }).click();
			assert.deepEqual(await complaints(page), []);
		});

		it(`gives axe nothing serious to say in ${theme} with the timeline and its table`, async () => {
			const page = await pages.open({ theme });
			await page.snapshot(nodes);
			await page.page.keyboard.press("l");
			const events = recordingOf(nodes, 20, START + 60_000);
			const part = { session: "s1", events, isFirst: true, isWhole: true };
			await page.send({ type: "recorded", ...part });
			await page.advance(500);
			assert.deepEqual(await complaints(page), []);
			await page.page.getByRole("button", { name: "Calls as a table" }).click();
			await page.page.keyboard.press("ArrowDown");
			await page.page.waitForTimeout(500);
			assert.deepEqual(await complaints(page), []);
		});

		it(`gives axe nothing serious to say in ${theme} in a replay`, async () => {
			const page = await pages.open({ theme });
			const told = ToldSession.story();
			await told.show(page);
			await page.page.getByRole("button", { name: "Replay", exact: true }).click();
			await page.send(told.recorded());
			await page.page.keyboard.press("ArrowLeft");
			await page.advance(500);
			assert.deepEqual(await complaints(page), []);
			await page.screenshot(`replay-${theme}`);
		});

		it(`gives axe nothing serious to say in ${theme} of a session that is over, of those it had, and of the keys`, async () => {
			const page = await pages.open({ theme });
			const over = nodes.map((node) => ({
				...node,
				state: "done" as const,
				endedAt: START,
				waiting: null,
			}));
			await page.snapshot(over);
			await page.send({
				type: "summary",
				summary: {
					key: "s1",
					startedAt: START - 60_000,
					endedAt: START,
					agents: 5,
					outcomes: { functional: 1, partial: 1, scaffolding: 1, fail: 1, none: 0, lost: 1 },
					calls: 45,
					failures: 2,
					tokens: 878_000,
					costUsd: 0.41,
					isCostPartial: true,
					files: 2,
				},
			});
			await page.advance(500);
			await page.page.getByRole("region", { name: "Session summary" }).waitFor();
			assert.deepEqual(await complaints(page), []);
			await page.page.getByRole("button", { name: "Show Finished Agents" }).click();
			await page.page.locator('[data-counter="failed"] button').click();
			await page.page.getByPlaceholder("Search agents, tools, ids").fill("Explore");
			await page.page.waitForTimeout(500);
			assert.deepEqual(await complaints(page), []);
			await page.page.locator("canvas.picture").focus();
			await page.page.keyboard.press("?");
			assert.deepEqual(await complaints(page), []);
		});

		it(`gives axe nothing serious to say in ${theme} while empty`, async () => {
			const page = await pages.open({ theme });
			await page.snapshot([]);
			await page.advance(500);
			assert.deepEqual(await complaints(page), []);
		});
	}

	it("reaches every control by Tab, each with a name", async () => {
		const page = await pages.open();
		await page.snapshot(nodes);
		await page.advance(500);
		const names: string[] = [];
		const controls = await page.page
			.locator(":is(canvas, button:enabled, input, select):visible")
			.count();
		for (let i = 0; i < controls; i++) {
			await page.page.keyboard.press("Tab");
			names.push(
				await page.page.evaluate(() => {
					const { activeElement } = document;
					return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
				}),
			);
		}
		assert.ok(names.every(Boolean), names.join(" | "));
		assert.equal(new Set(names).size, controls);
	});

	it("shows where the keyboard is", async () => {
		const page = await pages.open();
		await page.snapshot(nodes);
		await page.page.keyboard.press("t");
		await page.advance(300);
		const outline = await page.page
			.locator("tr:focus")
			.evaluate((row) => getComputedStyle(row).outlineStyle);
		assert.equal(outline, "solid");
	});

	it("speaks at most every five seconds, and then of all that has happened", async () => {
		const page = await pages.open();
		await page.snapshot([sessionView("s1")]);
		const spoken = () => page.page.locator("[aria-live]").innerText();
		await page.patch({ upserts: [agentView("b1", { type: "runner" })] });
		assert.equal(await spoken(), "runner started");
		await page.advance(1000);
		await page.patch({ upserts: [agentView("b2"), agentView("b3"), agentView("b4")] });
		await page.change("b1", { state: "waiting", waiting });
		assert.equal(await spoken(), "runner started");
		await page.advance(4500);
		assert.equal(await spoken(), "runner waits for you: Bash. 3 agents started");
	});

	it("fits into a panel 400 px wide", async () => {
		const page = await pages.open({ width: 400, height: 640 });
		await page.snapshot(nodes);
		await page.send({ type: "select", id: "a1", reveal: false });
		await page.advance(500);
		const width = await page.page.evaluate(() => document.documentElement.scrollWidth);
		assert.equal(width, 400);
		await page.screenshot("narrow-inspector");
		await page.page.keyboard.press("Escape");
		await page.advance(500);
		await page.screenshot("narrow");
		const clipped = await page.page.evaluate(
			() =>
				[...document.querySelectorAll(".toolbar button, .toolbar select, .badge")].filter(
					(control) => {
						const box = control.getBoundingClientRect();
						return box.left < 0 || box.right > 400;
					},
				).length,
		);
		assert.equal(clipped, 0);
	});
});
