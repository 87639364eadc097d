import assert from "node:assert/strict";
import type { BrowserPage, PageOptions } from "../../support/page/browserPage.ts";
import { agentView, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

const tools = [
	{ tool: "Bash", calls: 12, failures: 2 },
	{ tool: "mcp__github__create_issue", calls: 3, failures: 0 },
	{ tool: "Read", calls: 1, failures: 0 },
];

describe("buckets of calls by tool", () => {
	const pages = usePages();

	async function open(options: PageOptions = {}, agents = 3): Promise<BrowserPage> {
		const page = await pages.open(options);
		const models = ["claude-haiku-4-5", "claude-sonnet-5", "claude-opus-4-8"];
		const nodes = Array.from({ length: agents }, (_, i) => {
			const waiting = i === 1 ? { since: page.hostNow, tool: "Bash" } : null;
			const model = models[i % 3] ?? "";
			return agentView(`a${i}`, { tools, calls: 16, failures: 2, waiting, model });
		});
		await page.snapshot([sessionView("s1", { tools: tools.slice(2), calls: 1 }), ...nodes]);
		await page.advance(4000);
		return page;
	}

	const button = (page: BrowserPage) => page.page.getByRole("button", { name: "Buckets" });
	const texts = async (page: BrowserPage, key: string) =>
		(await page.node(key)).buckets.map(({ text }) => text);

	async function turnOn(page: BrowserPage): Promise<void> {
		await button(page).click();
		await page.advance(1500);
	}

	it("are small nodes at their agent, in place of names that float up", async () => {
		const page = await open();
		assert.deepEqual(await texts(page, "a0"), []);
		await page.pulse("a0", "Bash");
		await page.advance(100);
		assert.deepEqual(await page.floats(), ["Bash"]);
		await turnOn(page);
		assert.equal(await button(page).getAttribute("aria-pressed"), "true");
		assert.deepEqual(await texts(page, "a0"), [
			"Bash × 12 · 2 ✕",
			"github · create_issue × 3",
			"Read × 1",
		]);
		assert.deepEqual(await texts(page, "s1"), ["Read × 1"]);
		const failed = (await page.node("a0")).buckets.map(({ hasFailed }) => hasFailed);
		assert.deepEqual(failed, [true, false, false]);
		await page.pulse("a0", "Bash");
		await page.advance(100);
		assert.deepEqual(await page.floats(), []);
		await page.screenshot("buckets");
	});

	it("count on where they are", async () => {
		const page = await open();
		await turnOn(page);
		const before = (await page.node("a0")).buckets;
		const more = tools.map((count) => ({ ...count, calls: count.calls + 1 }));
		await page.change("a0", { tools: more, calls: 19 });
		await page.advance(1500);
		const after = (await page.node("a0")).buckets;
		assert.deepEqual(
			after.map(({ slot }) => slot),
			before.map(({ slot }) => slot),
		);
		assert.equal(after[0]?.text, "Bash × 13 · 2 ✕");
	});

	it("are turned on by a key, and remembered", async () => {
		const page = await open();
		await page.page.locator("canvas").focus();
		await page.page.keyboard.press("b");
		await page.advance(1500);
		assert.equal((await texts(page, "a0")).length, 3);
		await page.page.reload();
		await page.snapshot([sessionView("s1"), agentView("a0", { tools, calls: 16 })]);
		await page.advance(2000);
		assert.equal((await texts(page, "a0")).length, 3);
		await button(page).click();
		await page.advance(500);
		assert.deepEqual(await texts(page, "a0"), []);
	});

	it("cover no disc, no label and no chip of a crowd", async () => {
		const page = await open({ width: 1400, height: 900 }, 40);
		await turnOn(page);
		const nodes = [...(await page.nodes()).values()];
		const buckets = nodes.flatMap(({ screenX, screenY, buckets: own }) =>
			own.map(({ dx, dy, width }) => {
				const left = dx >= -0.5 ? screenX + dx : screenX + dx - 8 - width;
				return { left, right: left + width + 8, top: screenY + dy - 6, bottom: screenY + dy + 6 };
			}),
		);
		assert.ok(buckets.length > 40, `${buckets.length} buckets`);
		const others = nodes.flatMap(({ screenX: x, screenY: y, restRadius: r, label, chip }) => [
			{ left: x - r, right: x + r, top: y - r, bottom: y + r },
			...(label === null ? [] : [label]),
			...(chip === null
				? []
				: [
						{
							left: x + chip.dx - chip.width / 2,
							right: x + chip.dx + chip.width / 2,
							top: y + chip.dy - 9,
							bottom: y + chip.dy + 9,
						},
					]),
		]);
		for (const bucket of buckets) {
			for (const other of others) {
				const isOver =
					bucket.left < other.right - 1 &&
					other.left < bucket.right - 1 &&
					bucket.top < other.bottom - 1 &&
					other.top < bucket.bottom - 1;
				assert.ok(!isOver, JSON.stringify({ bucket, other }));
			}
		}
		await page.screenshot("buckets-crowd");
	});

	for (const theme of ["light", "highContrast"] as const) {
		it(`can be read in the theme ${theme}`, async () => {
			const page = await open({ theme });
			await turnOn(page);
			assert.equal((await texts(page, "a0")).length, 3);
			await page.screenshot(`buckets-${theme}`);
		});
	}
});
