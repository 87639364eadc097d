import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import type { Browser } from "playwright-core";
import { InsightsReader } from "../../src/telemetry/insights/insightsReader.ts";
import type { TelemetryStore } from "../../src/telemetry/storage/store.ts";
import { insightsDatabase } from "../support/insights/insightsDatabase.ts";
import { InsightsTestPage } from "../support/insights/insightsPages.ts";
import { launchBrowser } from "../support/page/browserPage.ts";
import { THEMES, type ThemeName } from "../support/page/themes.ts";
import { newStore } from "../support/telemetry/telemetry.ts";

const NOW = Date.parse("2026-11-27T15:00:00Z");

describe("the page of figures", () => {
	let browser: Browser;
	let store: TelemetryStore;
	let shown: InsightsTestPage | null = null;

	before(async () => {
		browser = await launchBrowser();
		store = await insightsDatabase({
			now: NOW,
			days: 60,
			calls: 6000,
			messages: 3000,
			functions: 200,
			sessions: 60,
		});
	});
	afterEach(async () => {
		const page = shown;
		shown = null;
		if (page === null) return;
		const [errors, violations] = [page.errors, await page.violations()];
		await page.close();
		assert.deepEqual(errors, []);
		assert.deepEqual(violations, []);
	});
	after(async () => {
		store.close();
		await browser.close();
	});

	async function open(options: Partial<Parameters<typeof InsightsTestPage.open>[1]> = {}) {
		shown = await InsightsTestPage.open(browser, { store, now: NOW, ...options });
		await shown.settled();
		return shown;
	}

	const line = (at: number) => ({
		hash: String(at).padStart(64, "0"),
		title: `Fix cargo test ${at}`,
		saving: "would save about 14 m a week",
		reason: "112 of 329 calls failed (34 %).",
		status: "open" as const,
		next: { text: "Open Task", action: "openProposalTask" as const },
	});
	const learned = (showsAll: boolean) => ({
		proposals: Array.from({ length: showsAll ? 9 : 7 }, (_, at) => line(at)),
		open: 9,
		sequences: [
			{
				hash: "f".repeat(64),
				functionIds: ["tool:Grep", "tool:Read", "tool:Edit", "bash:cargo test"],
				occurrences: 38,
				sessions: 6,
				successRate: 0.7,
				meanDurationMs: 41_000,
				isLoop: true,
				chance: "4 times more often than by chance",
			},
		],
	});

	const textsOf = (page: InsightsTestPage, selector: string): Promise<string[]> =>
		page.page.locator(selector).allTextContents();
	const lastAsked = (page: InsightsTestPage, kind: string) =>
		page.posted
			.flatMap((each) =>
				each.type === "ask" && each.question.kind === kind ? [each.question] : [],
			)
			.at(-1);

	it("says what was used, done and how often it failed", async () => {
		const page = await open();
		const terms = await textsOf(page, ".headline dt");
		assert.deepEqual(terms, ["Cost", "Tokens", "Sessions", "Calls", "Calls failed", "Cache hits"]);
		const values = await textsOf(page, ".headline dd");
		for (const value of values) assert.match(value, /\d/);
		assert.equal(await page.page.locator(".chart .bar").count(), 30);
		assert.equal(await page.page.locator(".chart .heat").count(), 168);
	});

	it("says what is left of budgets, and draws the one that its bars are measured by", async () => {
		const budgets = [
			{ per: "day", of: "usd", limit: 30 },
			{ per: "month", of: "usd", limit: 1 },
			{ per: "fiveHours", of: "tokens", limit: 20_000_000 },
		] as const;
		const page = await open({ budgets });
		const names = ["Day's budget", "Month's budget", "Five-hour window"];
		assert.deepEqual(await textsOf(page, ".budgets dt"), names);
		assert.match(
			(await textsOf(page, ".budgets .high .note")).at(-1) ?? "",
			/over \$1\.00 until 2026-12-01/,
		);
		assert.deepEqual(await textsOf(page, ".limit-text"), ["Day's budget $30.00"]);
		await page.page.locator(".chart .heat").first().click();
		await page.settled();
		await page.page.waitForFunction(() => document.querySelector(".limit-text") === null);
	});

	it("opens what stands behind a bar, and the way back", async () => {
		const page = await open();
		const before = await textsOf(page, ".headline dd");
		await page.page.locator(".chart .bar").nth(10).click();
		await page.settled();
		await page.page.waitForFunction(
			(cost) => document.querySelector(".headline dd")?.textContent !== cost,
			before[0],
		);
		const [chip] = await textsOf(page, ".narrowed .chip");
		assert.match(chip ?? "", /^2026-\d\d-\d\d ×$/);
		await page.page.locator(".narrowed .chip").click();
		await page.page.waitForFunction(
			(cost) => document.querySelector(".headline dd")?.textContent === cost,
			before[0],
		);
	});

	it("narrows everything to an hour of the week by keyboard", async () => {
		const page = await open();
		await page.page.locator(".chart .heat").first().focus();
		for (const key of ["ArrowDown", "ArrowRight", "Enter"]) await page.page.keyboard.press(key);
		await page.settled();
		assert.deepEqual(await textsOf(page, ".narrowed .chip"), ["Tue 01:00 ×"]);
		const asked = lastAsked(page, "insights");
		assert.equal(asked?.kind === "insights" ? asked.filter.weekHour : null, 25);
	});

	it("narrows everything to a name, by a list or a menu", async () => {
		const page = await open();
		await page.page.getByRole("button", { name: "/repo/web", exact: true }).click();
		await page.settled();
		assert.equal(await page.page.getByLabel("projects", { exact: true }).inputValue(), "/repo/web");
		await page.page.getByLabel("models", { exact: true }).selectOption("claude-sonnet-5");
		await page.settled();
		const asked = lastAsked(page, "functions");
		assert.deepEqual(asked?.kind === "functions" ? { ...asked.filter } : null, {
			project: "/repo/web",
			model: "claude-sonnet-5",
		});
	});

	it("lists clients by title where there are several", async () => {
		const own = await insightsDatabase({
			now: NOW,
			days: 3,
			calls: 60,
			messages: 30,
			functions: 10,
			sessions: 3,
		});
		const one = "(SELECT min(session_id) FROM sessions)";
		own.database.run(`UPDATE sessions SET client = 'codex' WHERE session_id = ${one}`);
		const page = await open({ store: own });
		const list = page.page.getByLabel("clients", { exact: true });
		const options = await list.locator("option").allInnerTexts();
		assert.deepEqual(options, ["All clients", "Claude Code", "Codex"]);
		await list.selectOption("Codex");
		await page.settled();
		const asked = lastAsked(page, "functions");
		assert.deepEqual(asked?.kind === "functions" ? { ...asked.filter } : null, { client: "codex" });
		assert.equal(await list.inputValue(), "codex");
		own.close();
	});

	it("remembers period and order, and shows them when it is opened again", async () => {
		const page = await open();
		await page.page.getByRole("button", { name: "90 days" }).click();
		await page.page.getByRole("button", { name: "errors", exact: true }).click();
		await page.settled();
		const saved = page.posted.findLast((each) => each.type === "remember");
		await page.close();
		const again = await open({ view: saved?.type === "remember" ? saved.view : null });
		const pressed = again.page.locator('.button-group [aria-pressed="true"]');
		assert.equal(await pressed.textContent(), "90 days");
		assert.match(await again.page.locator("th[aria-sort]").innerText(), /^errors/);
	});

	it("has rows of the functions in sight alone, sorted and filtered by whoever knows all", async () => {
		const page = await open();
		const rows = page.page.locator(".functions tbody tr[data-function]");
		assert.ok((await rows.count()) <= 60);
		await page.page.getByRole("button", { name: "function", exact: true }).click();
		await page.page.waitForFunction(
			() => document.querySelector("th[aria-sort]")?.getAttribute("aria-sort") === "ascending",
		);
		await page.page.getByLabel("Filter functions").fill("git");
		await page.page.waitForFunction(
			() => document.querySelectorAll(".functions tbody tr[data-function]").length === 2,
		);
		assert.deepEqual(await textsOf(page, ".functions tbody .name"), [
			"bash:git commit",
			"bash:git push",
		]);
	});

	it("opens a function with its durations, neighbours and calls, and a call's transcript", async () => {
		const page = await open();
		await page.page.getByRole("button", { name: "bash:cargo test", exact: true }).click();
		const detail = page.page.locator(".detail");
		await detail.waitFor();
		const titles = await detail.locator("h3").allTextContents();
		for (const title of [
			"Calls by day",
			"Errors",
			"By agent type",
			"Called right before",
			"Last calls",
		]) {
			assert.ok(titles.includes(title), title);
		}
		const last = detail.locator(".block", { hasText: "Last calls" });
		await last.locator(".name").first().click();
		const opened = page.posted.findLast((each) => each.type === "openCall");
		assert.match(opened?.type === "openCall" ? opened.call : "", /^toolu_01/);
		const after = detail.locator(".block", { hasText: "Called right after" });
		const next = await after.locator(".name").nth(1).textContent();
		await after.locator(".name").nth(1).click();
		await detail.locator("h2", { hasText: next ?? "" }).waitFor();
		await page.page.getByRole("button", { name: "Close" }).click();
		assert.equal(await page.page.locator(".detail").count(), 0);
	});

	it("shows the calls behind a bar of durations and a class of errors, and saves those charts", async () => {
		const page = await open();
		await page.page.getByRole("button", { name: "bash:cargo test", exact: true }).click();
		const detail = page.page.locator(".detail");
		const calls = detail.locator(".block", { hasText: "Last calls" }).last();
		const bars = detail.getByRole("region", { name: "Durations" }).locator(".bar");
		const label = (await bars.nth(2).getAttribute("aria-label")) ?? "";
		await bars.first().focus();
		for (const key of ["ArrowRight", "ArrowRight", "Enter"]) await page.page.keyboard.press(key);
		await calls.locator("h3", { hasText: "that took" }).waitFor();
		const count = Number(label.replace(/^.*: /, "").replace(",", ""));
		assert.equal(await calls.locator("tbody tr").count(), Math.min(20, count));
		await detail.locator(".block", { hasText: "Errors" }).locator(".name").first().click();
		await calls.locator("h3", { hasText: "failed with" }).waitFor();
		assert.equal(await calls.locator("tr:not(.failed)").count(), 0);
		for (const chart of ["Durations", "Calls by day", "p95 by day"]) {
			for (const text of ["CSV", "SVG", "PNG"]) {
				await detail.getByRole("button", { name: `Save ${chart} as ${text}` }).click();
			}
		}
		const saves = () => page.posted.flatMap((each) => (each.type === "save" ? [each] : []));
		while (saves().length < 9) await page.page.waitForTimeout(20);
		assert.ok(
			saves().every(({ name, data }) => name.startsWith("bash-cargo-test-") && data !== ""),
		);
	});

	it("shows what was asked for last, though an earlier answer comes later", async () => {
		const reader = new InsightsReader(
			() => store,
			() => NOW,
		);
		const held: (() => void)[] = [];
		const late = async <Answer>(answer: Answer, isHeld: boolean): Promise<Answer> => {
			if (isHeld) await new Promise<void>((resolve) => held.push(resolve));
			return answer;
		};
		const page = await open({
			store: {
				insights: (query) => reader.insights(query),
				functions: (query) => late(reader.functions(query), query.text === "git"),
				series: (...asked) => reader.series(...asked),
				function: (query, id) => late(reader.function(query, id), id === "bash:git push"),
				callsOf: (wanted) => late(reader.callsOf(wanted), wanted.bar !== undefined),
				budgets: (...asked) => reader.budgets(...asked),
				behind: (...asked) => reader.behind(...asked),
			},
		});
		const answerAll = async (): Promise<void> => {
			for (const answer of held.splice(0)) answer();
			await page.page.waitForTimeout(100);
		};
		const table = page.page.getByRole("table", { name: "Functions" });
		const openRow = (name: string) => table.getByRole("button", { name, exact: true }).click();
		await openRow("bash:git push");
		await openRow("bash:cargo test");
		const detail = page.page.locator(".detail");
		await detail.locator("h2", { hasText: "bash:cargo test" }).waitFor();
		await answerAll();
		assert.deepEqual(await detail.locator("h2").allTextContents(), ["bash:cargo test"]);

		const bars = detail.getByRole("region", { name: "Durations" }).locator(".bar");
		await bars.first().press("Enter");
		await detail.locator(".block", { hasText: "Errors" }).locator(".name").first().click();
		await detail.locator("h3", { hasText: "failed with" }).waitFor();
		await answerAll();
		assert.equal(await detail.locator("h3", { hasText: "that took" }).count(), 0);

		await openRow("bash:git push");
		await detail.getByRole("button", { name: "Close" }).click();
		await answerAll();
		assert.equal(await detail.count(), 0);

		const search = page.page.getByRole("searchbox", { name: "Filter functions" });
		await search.fill("git");
		await search.fill("cargo");
		const rows = (count: number) =>
			page.page.waitForFunction(
				(wanted) =>
					document.querySelectorAll(".functions tbody tr[data-function]").length === wanted,
				count,
			);
		await rows(1);
		await answerAll();
		await rows(1);
		reader.dispose();
	});

	it("leaves who goes through a chart by keyboard where they are when it is drawn anew", async () => {
		const page = await open();
		const bars = page.page.getByRole("region", { name: "Cost" }).locator("[tabindex].bar");
		await bars.nth(4).focus();
		const label = await bars.nth(4).getAttribute("aria-label");
		const first = await bars.first().elementHandle();
		await page.page.setViewportSize({ width: 700, height: 800 });
		await page.page.waitForFunction((bar) => bar?.isConnected === false, first);
		await page.settled();
		const focused = await page.page.evaluate(() =>
			document.activeElement?.getAttribute("aria-label"),
		);
		assert.equal(focused, label);
	});

	it("draws a day that stands alone so that it can be seen, and no number twice beside it", async () => {
		const page = await open();
		await page.page.locator(".chart .bar").nth(10).click();
		await page.settled();
		await page.page.locator("tr[data-function] button.name").first().click();
		const charts = page.page.locator(".detail svg:has(path.line)");
		await charts.first().waitFor();
		for (const chart of await charts.all()) {
			const ticks = await chart.locator(".grid + .tick").allTextContents();
			assert.equal(new Set(ticks).size, ticks.length, ticks.join());
			const length = await chart
				.locator("path.line")
				.evaluate((line) => (line as SVGPathElement).getTotalLength());
			assert.ok(length >= 6, String(length));
		}
	});

	it("opens the dearest sessions, which say what they were about", async () => {
		const page = await open();
		const first = page.page.locator(".sessions .name").first();
		await page.page.waitForFunction(() =>
			document.querySelector(".session-title")?.textContent?.startsWith("about "),
		);
		await first.click();
		const opened = page.posted.findLast((each) => each.type === "openSession");
		assert.match(opened?.type === "openSession" ? opened.session : "", /^5b0c27f2-/);
	});

	it("gives every chart as a table, CSV, SVG and PNG", async () => {
		const page = await open();
		const cost = page.page.getByRole("region", { name: "Cost" });
		await cost.getByRole("button", { name: "Table" }).click();
		assert.equal(await cost.locator("tbody tr").count(), 30);
		await cost.getByRole("button", { name: "Table" }).click();
		for (const text of ["CSV", "SVG", "PNG"]) {
			await cost.getByRole("button", { name: `Save Cost as ${text}` }).click();
		}
		const saves = () => page.posted.flatMap((each) => (each.type === "save" ? [each] : []));
		while (saves().length < 3) await page.page.waitForTimeout(20);
		const [csv, svg, png] = saves();
		assert.equal(csv?.data.split("\r\n").length, 32);
		assert.match(svg?.data ?? "", /^<svg [^>]*xmlns=/);
		assert.doesNotMatch(svg?.data ?? "", /var\(--|class=/);
		assert.equal(
			Buffer.from(png?.data ?? "", "base64")
				.subarray(1, 4)
				.toString(),
			"PNG",
		);
	});

	it("says what is worth doing, with one next step each, and shows all on wish", async () => {
		const page = await open({ learned });
		const cards = page.page.locator(".card");
		await cards.first().waitFor();
		assert.equal(await cards.count(), 7);
		await cards.first().getByRole("button", { name: "Open Task" }).click();
		await cards.nth(1).getByRole("button", { name: "Dismiss" }).click();
		const acts = page.posted.flatMap((each) => (each.type === "proposal" ? [each.action] : []));
		assert.deepEqual(acts, ["openProposalTask", "dismissProposal"]);
		await page.page.getByRole("button", { name: "Show All 9" }).click();
		await page.page.waitForFunction(() => document.querySelectorAll(".card").length === 9);
		assert.equal(await page.page.locator(".flow-node").count(), 4);
		assert.equal(await page.page.locator(".flow-line").count(), 4);
		assert.match(
			(await page.page.locator(".flow-line title").last().textContent()) ?? "",
			/cargo test → Grep: 38 times, 70 % succeed/,
		);
		await page.page.locator(".flow-line").last().press("Enter");
		assert.deepEqual(page.posted.at(-1), { type: "openSequence", hash: "f".repeat(64) });
		assert.match(
			(await textsOf(page, ".sequences li")).join(),
			/Grep → Read → Edit → cargo test ↻38 times in 6 sessions, 70 % succeed, 4 times/,
		);
		await page.page.locator(".flow-node").last().click();
		await page.page.locator(".detail h2", { hasText: "bash:cargo test" }).waitFor();
	});

	it("shows the calls behind a proposal on its card, which stay when another is decided on", async () => {
		const calls = [7, 9].map((at) => ({ toolUseId: `toolu_01${String(at).padStart(22, "0")}` }));
		store.database.run(
			"INSERT INTO proposals (proposal_hash, kind, target, evidence, created_at) VALUES (?, 'fix_function', 'x', ?, 0)",
			[line(0).hash, JSON.stringify({ calls })],
		);
		const page = await open({ learned });
		const card = (at: number) => page.page.locator(".card").nth(at);
		await card(0).getByRole("button", { name: "See the Calls" }).click();
		await card(0).locator(".below tr").first().waitFor();
		assert.equal(await card(0).locator(".below tr").count(), 2);
		const names = await card(0).locator(".below td.function").allTextContents();
		const called = store.all<{ id: string }>(
			"SELECT function_id AS id FROM calls WHERE tool_use_id IN (?, ?) ORDER BY id",
			calls.map(({ toolUseId }) => toolUseId),
		);
		assert.deepEqual(
			names.sort(),
			called.map(({ id }) => id),
		);
		await card(1).getByRole("button", { name: "See the Calls" }).click();
		await card(1).getByText("None of its calls is kept any more.").waitFor();
		await page.page.getByRole("button", { name: "Show All 9" }).click();
		await card(8).waitFor();
		assert.equal(await card(0).locator(".below tr").count(), 2);
		await card(0).locator(".below .name").first().click();
		const opened = page.posted.at(-1);
		const ids: (string | undefined)[] = calls.map(({ toolUseId }) => toolUseId);
		assert.ok(opened?.type === "openCall" && ids.includes(opened.call));
		await card(0).getByRole("button", { name: "See the Calls" }).click();
		assert.ok(await card(0).locator(".below").isHidden());
		store.database.run("DELETE FROM proposals");
	});

	it("opens the calls behind a rule, a test and a script, and the script itself", async () => {
		const page = await open();
		for (const name of ["git-force-push", "lexer::keeps_spaces", "heredoc c0ffee00"]) {
			const item = page.page.locator("li", {
				has: page.page.getByRole("button", { name, exact: true }),
			});
			await item.getByRole("button", { name, exact: true }).click();
			await item.locator(".below tr").first().waitFor();
			assert.equal(await item.locator(".below tr").count(), 5);
		}
		assert.deepEqual(await textsOf(page, ".script"), ["python3 - <<'EOF'\nprint(1)\nEOF"]);
		await page.page.locator(".below .name").last().click();
		const opened = page.posted.at(-1);
		assert.match(opened?.type === "openCall" ? opened.call : "", /^toolu_01/);
		await page.page.getByRole("button", { name: "src/lonely.rs#nobody" }).click();
		assert.deepEqual(page.posted.at(-1), {
			type: "openFunction",
			functionId: "src/lonely.rs#nobody",
		});
	});

	it("narrows the page to the day of a point of health", async () => {
		const page = await open();
		const health = page.page.getByRole("region", { name: "Health of sessions" });
		await health.locator(".point").nth(3).press("Enter");
		await page.settled();
		assert.match((await textsOf(page, ".narrowed .chip"))[0] ?? "", /^2026-\d\d-\d\d ×$/);
	});

	it("says so where nothing was recorded", async () => {
		const empty = await newStore();
		const page = await open({ store: empty });
		const nothing = page.page.locator(".nothing-recorded");
		assert.match((await nothing.textContent()) ?? "", /Nothing is recorded of this period/);
		assert.equal(await page.page.locator(".function-scroll").isVisible(), false);
		await nothing.getByRole("button", { name: "Show All That Is Recorded" }).click();
		await page.settled();
		assert.match((await nothing.textContent()) ?? "", /Nothing is recorded yet\./);
		assert.equal(await nothing.getByRole("button").isVisible(), false);
		empty.close();
	});

	it("says in place why figures could not be read", async () => {
		shown = await InsightsTestPage.open(browser, {
			store,
			now: NOW,
			failure: "The database is closed.",
		});
		const problem = shown.page.locator(".problem");
		await problem.waitFor();
		assert.match(
			(await problem.textContent()) ?? "",
			/could not be read: The database is closed\./,
		);
	});

	/** What axe finds serious or worse on the page as it is. */
	async function seriousOn({ page }: InsightsTestPage): Promise<string[]> {
		const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
		await page.evaluate(await readFile(axe, "utf8"));
		const { violations } = (await page.evaluate("axe.run()")) as AxeResults;
		return violations
			.filter(({ impact }) => impact === "serious" || impact === "critical")
			.map(({ id, nodes: [first] }) => `${id}: ${first?.html} ${first?.failureSummary}`);
	}

	for (const theme of Object.keys(THEMES) as ThemeName[]) {
		it(`gives axe nothing serious to say in ${theme}, with all that can be opened`, async () => {
			const budgets = [
				{ per: "day", of: "usd", limit: 30 },
				{ per: "month", of: "usd", limit: 1 },
				{ per: "fiveHours", of: "tokens", limit: 20_000_000 },
			] as const;
			const opened = await open({ theme, budgets, learned });
			const { page } = opened;
			await page.getByRole("button", { name: "bash:cargo test", exact: true }).click();
			await page.locator(".detail").waitFor();
			await page.getByRole("button", { name: "heredoc c0ffee00" }).click();
			await page.locator(".script").waitFor();
			const health = page.getByRole("region", { name: "Health of sessions" });
			await health.getByRole("button", { name: "Table" }).click();
			assert.deepEqual(await seriousOn(opened), []);
		});
	}

	it("gives axe nothing serious to say of a page with nothing, narrowed, or without an answer", async () => {
		const empty = await newStore();
		const page = await open({ store: empty, theme: "light" });
		assert.deepEqual(await seriousOn(page), []);
		await page.close();
		empty.close();
		const narrowed = await open({ theme: "light", width: 500 });
		await narrowed.page.locator(".chart .bar").nth(10).click();
		await narrowed.settled();
		assert.deepEqual(await seriousOn(narrowed), []);
		await narrowed.close();
		shown = await InsightsTestPage.open(browser, {
			...{ store, now: NOW, theme: "light" },
			failure: "The database is closed.",
		});
		await shown.page.locator(".problem").waitFor();
		assert.deepEqual(await seriousOn(shown), []);
	});
});
