import assert from "node:assert/strict";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const SCRIPT = '<img src=x onerror="window.__pwned=1"><script>window.__pwned=1</script>';

describe("hostile text", () => {
	const pages = usePages();

	async function openWith(text: string) {
		const page = await pages.open();
		const nasty = {
			type: text,
			description: text,
			model: text,
			folder: text,
			id: text,
			calls: 1,
			failures: 1,
		};
		const waiting = { since: START, tool: text };
		await page.snapshot([
			sessionView("s1", { ...nasty, cwd: text }),
			agentView("a1", nasty),
			agentView("a2", { ...nasty, state: "waiting", waiting }),
			agentView("a3", { ...nasty, state: "done", outcome: "fail", endedAt: START }),
		]);
		await page.send({
			type: "status",
			status: {
				connection: "connected",
				source: "demo",
				message: text,
				phase: "live",
				areHooksReady: false,
			},
		});
		await page.advance(500);
		await page.pulse("a1", text);
		await page.pulse("a1", text, "failure");
		await page.page.keyboard.press("t");
		await page.send({ type: "select", id: "a1", reveal: true });
		const call = { id: text, tool: text, detail: text, errorClass: text };
		const recent = [{ ...call, startedAt: START, durationMs: 5, success: false }];
		const toolStats = [{ name: text, count: 1 }];
		const tools = [{ tool: text, calls: 1, failures: 1, totalMs: 5, maxMs: 5, p50Ms: 5, p95Ms: 5 }];
		const tokens = { tokensIn: 1, tokensOut: 1, cacheRead: 1, cacheWrite: 1 };
		const usage = [{ model: text, messages: 1, ...tokens, costUsd: null, withoutPrice: 1 }];
		await page.send({
			type: "detail",
			detail: { key: "a1", tools, toolStats, recent, usage, sessionUsage: usage, aliases: [text] },
		});
		await page.advance(500);
		return page;
	}

	it("shows markup as text", async () => {
		const page = await openWith(SCRIPT);
		assert.equal(await page.page.evaluate(() => "__pwned" in window), false);
		assert.equal(await page.page.locator("#agent-live-graph img, main script").count(), 0);
		assert.ok((await page.page.locator(".inspector").innerText()).includes("<img src=x"));
	});

	it("keeps text that runs from right to left within its own field", async () => {
		const page = await openWith("\u202Egnp.exe \u05D0\u05D1\u05D2 \u2066x");
		const text = await page.page.locator("#agent-live-graph").innerText();
		assert.doesNotMatch(text, /[\u202A-\u202E\u2066-\u2069]/);
	});

	it("cuts texts of a megabyte before it measures or shows them", async () => {
		const page = await openWith("x".repeat(1024 * 1024));
		const text = await page.page.evaluate(() => document.body.textContent ?? "");
		assert.ok(text.length < 20_000, `${text.length}`);
	});

	it("takes prototype names as any other key", async () => {
		const page = await pages.open();
		const keys = ["__proto__", "constructor", "toString", "hasOwnProperty"];
		await page.snapshot([sessionView("s1"), ...keys.map((key) => agentView(key))]);
		await page.advance(200);
		for (const key of keys) await page.pulse(key, "__proto__");
		await page.page.keyboard.press("t");
		await page.advance(300);
		assert.equal((await page.nodes()).size, 5);
		assert.equal(await page.page.locator("[role=treegrid] tbody tr[aria-level]").count(), 5);
	});
});
