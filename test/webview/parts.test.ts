import assert from "node:assert/strict";
import type { SourceStatus } from "../../src/protocol/messages.ts";
import { DEFAULT_PANEL_SETTINGS } from "../../src/protocol/messages.ts";
import type { BrowserPage } from "../support/page/browserPage.ts";
import { agentView, countersOf, START, sessionView } from "../support/page/fakeViews.ts";
import { usePages } from "../support/page/fixture.ts";

const nodes = [sessionView("s1"), agentView("a1", { startedAt: START - 65_000 })];
const quiet: SourceStatus = {
	connection: "connected",
	source: "log",
	message: "",
	phase: "live",
	areHooksReady: false,
};

describe("badge, counters, ribbon and empty state", () => {
	const pages = usePages();

	async function sendStatus(page: BrowserPage, changes: Partial<SourceStatus>): Promise<void> {
		await page.send({ type: "status", status: { ...quiet, ...changes } });
		await page.advance(200);
	}

	const empty = (page: BrowserPage) => page.page.locator(".empty").innerText();

	it("shows the connection by sign and word, and why", async () => {
		const page = await pages.open();
		await page.snapshot(nodes);
		for (const [connection, sign] of [
			["connected", "●"],
			["reconnecting", "○"],
			["disconnected", "✕"],
		] as const) {
			await sendStatus(page, { connection, message: "EACCES: permission denied" });
			const badge = page.page.locator(".badge");
			assert.equal((await badge.innerText()).replace(/\s+/g, " "), `${sign} ${connection}`);
			assert.equal(await badge.getAttribute("title"), "EACCES: permission denied");
		}
	});

	it("says that there are no hooks yet, or that they are ready, while nothing is wrong", async () => {
		const page = await pages.open();
		await page.snapshot([]);
		await sendStatus(page, { connection: "waiting" });
		const badge = page.page.locator(".badge");
		assert.equal((await badge.innerText()).replace(/\s+/g, " "), "○ no hooks yet");
		const install = page.page.getByRole("button", { name: "Install Hooks" });
		assert.ok(await install.isVisible());
		await sendStatus(page, { connection: "waiting", areHooksReady: true });
		assert.equal((await badge.innerText()).replace(/\s+/g, " "), "○ hooks ready");
		assert.match(await empty(page), /The hooks are ready[\s\S]*new session/);
		assert.ok(await install.isHidden());
	});

	it("tells two sessions of one folder apart by their start", async () => {
		const page = await pages.open();
		const other = sessionView("s2", { startedAt: START + 65 * 60_000 });
		await page.snapshot([...nodes, other]);
		await page.advance(1000);
		const labels = await page.nodes();
		assert.match(labels.get("s1")?.task ?? "", /^billing-service · \d\d:00$/);
		assert.match(labels.get("s2")?.task ?? "", /^billing-service · \d\d:05$/);
		await page.change("s2", { folder: "web-app" });
		await page.patch({ removes: ["a1"] });
		await page.advance(1000);
		assert.equal((await page.node("s1")).task, "billing-service");
	});

	it("says whose each session is while several clients are in the picture", async () => {
		const page = await pages.open();
		const other = sessionView("s2", { folder: "web-app", client: "copilot-cli" });
		await page.snapshot([...nodes, other]);
		await page.advance(1000);
		assert.equal((await page.node("s1")).task, "billing-service · Claude Code");
		assert.equal((await page.node("s2")).task, "web-app · Copilot CLI");
		await page.patch({ removes: ["s2"] });
		await page.advance(3000);
		assert.equal((await page.node("s1")).task, "billing-service");
	});

	it("counts, with a dash for what nobody measured", async () => {
		const page = await pages.open();
		const counters = countersOf(nodes, {
			spawned: 1234,
			done: 15,
			failed: 4,
			lastEventAt: START - 500,
		});
		await page.snapshot(nodes, { counters });
		await page.advance(200);
		const values = () => page.page.locator(".counters li:not([hidden]) b").allInnerTexts();
		assert.deepEqual(await values(), ["1", "1,234", "0", "15", "4", "0", "–", "–", "0 s"]);
		await page.advance(5000);
		assert.equal((await values()).at(-1), "5 s");
		const known = { ...counters, tokens: 1_400_000, costUsd: 1.9 };
		await page.patch({ counters: known });
		await page.advance(200);
		assert.deepEqual((await values()).slice(6, 8), ["1.4 M", "$1.90"]);
		const digits = await page.page
			.locator(".counters")
			.evaluate((element) => getComputedStyle(element).fontVariantNumeric);
		assert.equal(digits, "tabular-nums");
	});

	it("says that a demo is playing and stops it", async () => {
		const page = await pages.open();
		await page.snapshot(nodes);
		await sendStatus(page, { source: "demo" });
		assert.match(await page.page.locator(".ribbon").innerText(), /not your agents/);
		await page.page.getByRole("button", { name: "Stop" }).click();
		assert.deepEqual(await page.postedOf("invoke"), [{ type: "invoke", action: "stopDemo" }]);
		await sendStatus(page, {});
		assert.ok(await page.page.locator(".ribbon").isHidden());
	});

	it("explains itself while there is nothing to show", async () => {
		const page = await pages.open();
		await page.advance(200);
		assert.match(await empty(page), /Reading the event log/);
		await page.snapshot([]);
		await page.advance(200);
		assert.match(await empty(page), /Waiting for agents[\s\S]*hooks installed/);
		await page.screenshot("empty");
		await page.snapshot(nodes);
		await page.advance(200);
		assert.ok(await page.page.locator(".empty").isHidden());
		await page.change("a1", { state: "done", outcome: null, endedAt: START });
		await page.change("s1", { state: "done", endedAt: START });
		await page.advance(3000);
		assert.match(await empty(page), /All quiet[\s\S]*1 agent came and went/);
	});

	it("says why the log cannot be read", async () => {
		const page = await pages.open();
		await page.snapshot([]);
		await sendStatus(page, { connection: "disconnected", message: "EACCES: permission denied" });
		assert.match(await empty(page), /cannot be read[\s\S]*EACCES: permission denied/);
		await page.page.getByRole("button", { name: "Open Status" }).click();
		assert.deepEqual(await page.postedOf("invoke"), [{ type: "invoke", action: "showStatus" }]);
	});

	it("inspects the selected node with times that go on", async () => {
		const page = await pages.open();
		await page.snapshot(nodes);
		await page.send({ type: "select", id: "a1", reveal: false });
		await page.advance(200);
		const inspector = page.page.locator(".inspector");
		assert.match(await inspector.innerText(), /Explore[\s\S]*haiku 4\.5 · child of main/);
		const length = () => page.page.locator(".card-value").nth(1).innerText();
		assert.match(await length(), /^1 m \d+ s$/);
		const before = await length();
		await page.advance(3000);
		assert.notEqual(await length(), before);
		await page.page.getByRole("button", { name: "Copy id" }).click();
		assert.deepEqual(await page.postedOf("copyId"), [{ type: "copyId", id: "agent-a1" }]);
		await page.page.keyboard.press("Escape");
		assert.ok(await inspector.isHidden());
		assert.deepEqual((await page.postedOf("selected")).at(-1), { type: "selected", id: null });
	});

	it("lists the last calls, newest first, with their results in words", async () => {
		const page = await pages.open();
		await page.snapshot(nodes);
		await page.send({ type: "select", id: "a1", reveal: false });
		const call = { tool: "Bash", detail: "cargo", startedAt: START, errorClass: "" };
		const toolStats = [
			{ name: "linesAdded", count: 1234 },
			{ name: "readCount", count: 1 },
			{ name: "bashCount", count: 0 },
			{ name: "unheardOf", count: 7 },
		];
		const recent = [
			{ ...call, id: "1", durationMs: 2900, success: false, errorClass: "exit_1" },
			{ ...call, id: "2", durationMs: 14, success: true },
			{ ...call, id: "3", durationMs: null, success: null },
		];
		await page.send({
			type: "detail",
			detail: { key: "a1", tools: [], toolStats, recent, usage: [], sessionUsage: [], aliases: [] },
		});
		await page.advance(200);
		const signs = await page.page
			.locator(".call-sign")
			.evaluateAll((all) => all.map((sign) => sign.getAttribute("aria-label")));
		assert.deepEqual(signs, ["running", "succeeded", "failed"]);
		assert.match(await page.page.locator(".calls li").last().innerText(), /exit_1[\s\S]*2\.9 s/);
		const counted = await page.page.locator(".tool-stats").innerText();
		assert.equal(counted, "The client counted 1 read · 1,234 lines added");
		await page.screenshot("inspector");
	});

	it("leads from the node and from each call to the transcript, where an editor can open it", async () => {
		const page = await pages.open();
		await page.snapshot(nodes);
		await page.send({ type: "select", id: "a1", reveal: false });
		const call = { tool: "Bash", detail: "cargo", startedAt: START, errorClass: "exit_1" };
		const recent = [{ ...call, id: "toolu_1", durationMs: 2900, success: false }];
		const rest = { tools: [], toolStats: [], usage: [], sessionUsage: [], aliases: [] };
		await page.send({ type: "detail", detail: { key: "a1", recent, ...rest } });
		const failed = { session: "s1", agent: "agent-a1", call: "toolu_1" };
		assert.deepEqual(await page.postedOf("askReason"), [{ type: "askReason", ...failed }]);
		await page.send({ type: "reason", ...failed, text: "error[E0432]\nunresolved import" });
		await page.advance(200);
		const open = page.page.getByRole("button", { name: "Open transcript" });
		assert.ok(await open.isHidden());
		assert.equal(await page.page.locator(".call-link").count(), 0);
		await page.send({ type: "settings", settings: { ...DEFAULT_PANEL_SETTINGS, canOpen: true } });
		await page.advance(200);
		assert.match(await page.page.locator(".reason").innerText(), /unresolved import/);
		await open.click();
		await page.page.locator(".call-link").click();
		await page.page.locator(".call-file").click();
		assert.deepEqual(await page.postedOf("openTranscript"), [
			{ type: "openTranscript", session: "s1", agent: "agent-a1", call: null },
			{ type: "openTranscript", session: "s1", agent: "agent-a1", call: "toolu_1" },
		]);
		const file = { type: "openFile", session: "s1", agent: "agent-a1", call: "toolu_1" };
		assert.deepEqual(await page.postedOf("openFile"), [file]);
		await page.screenshot("inspectorOfFailure");
		await page.page.keyboard.press("Escape");
		await page.send({ type: "select", id: "a2", reveal: false });
		await page.advance(200);
		assert.ok(await page.page.locator(".reason").isHidden());
	});

	it("says what a node used and what that cost, and of which models nobody knows", async () => {
		const page = await pages.open();
		await page.snapshot(nodes);
		await page.send({ type: "select", id: "a1", reveal: false });
		await page.advance(200);
		const card = page.page.locator(".card", { hasText: "Cost" });
		assert.match(await card.innerText(), /–\s+no transcript tells/);
		assert.ok(await page.page.locator(".usage").first().isHidden());
		await page.change("a1", { tokens: 182_400, costUsd: 1.9 });
		const tokens = { tokensIn: 1200, tokensOut: 42, cacheRead: 180_858, cacheWrite: 300 };
		const usage = [
			{ model: "claude-haiku-4-5", messages: 3, ...tokens, costUsd: 1.9, withoutPrice: 0 },
			{ model: "claude-haiku-5-5", messages: 3, ...tokens, costUsd: null, withoutPrice: 3 },
		];
		const rest = { tools: [], toolStats: [], recent: [], aliases: [] };
		await page.send({ type: "detail", detail: { key: "a1", usage, sessionUsage: [], ...rest } });
		await page.advance(200);
		assert.match(await card.innerText(), /\$1\.90\s+182 k tokens · 99 % cached/);
		const rows = await page.page.locator(".usage tbody tr").allInnerTexts();
		assert.deepEqual(
			rows.map((row) => row.split(/\t/).map((cell) => cell.trim())),
			[
				["haiku 4.5", "1 k", "42", "181 k", "300", "$1.90"],
				["haiku 5.5", "1 k", "42", "181 k", "300", "–"],
			],
		);
		const note = await page.page.locator(".usage-note").first().innerText();
		assert.equal(note, "No price for claude-haiku-5-5");
		await page.screenshot("inspector-usage");
		await page.change("a1", { tokens: 182_400, costUsd: null });
		await page.advance(200);
		assert.match(await card.innerText(), /–\s+no price known, 182 k tokens/);
	});
});
