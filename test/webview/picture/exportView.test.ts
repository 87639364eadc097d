import assert from "node:assert/strict";
import { DEFAULT_PANEL_SETTINGS } from "../../../src/protocol/messages.ts";
import { parsePageMessage } from "../../../src/protocol/pageMessage.ts";
import type { BrowserPage, PageOptions } from "../../support/page/browserPage.ts";
import { agentView, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";

describe("the picture as a file", () => {
	const pages = usePages();

	async function open(options: PageOptions = {}): Promise<BrowserPage> {
		const page = await pages.open(options);
		await page.snapshot([
			sessionView("s1"),
			agentView("a1", { type: '<b>&"', description: "\u0001 <script>alert(1)</script>" }),
			agentView("a2", { state: "waiting", waiting: { since: page.hostNow, tool: "Bash" } }),
		]);
		await page.advance(3000);
		return page;
	}

	const menu = (page: BrowserPage) => page.page.getByRole("menu", { name: "Export" });

	async function choose(page: BrowserPage, item: string): Promise<void> {
		await page.page.getByRole("button", { name: "Export" }).click();
		await page.page.getByRole("menuitem", { name: item }).click();
	}

	async function exported(page: BrowserPage): Promise<string> {
		const [message] = await page.postedOf("exported");
		assert.ok(message !== undefined);
		assert.deepEqual(parsePageMessage(message), message);
		return message.data;
	}

	it("is an SVG document of all that is drawn, with its texts as text", async () => {
		const page = await open();
		await choose(page, "Picture as SVG");
		const svg = await exported(page);
		const seen = await page.page.evaluate((text) => {
			const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
			return {
				error: parsed.querySelector("parsererror")?.textContent ?? "",
				texts: [...parsed.querySelectorAll("text")].map((element) => element.textContent),
				scripts: parsed.querySelectorAll("script").length,
				title: parsed.querySelector("title")?.textContent ?? "",
				links: [...parsed.querySelectorAll("[href]")].map((each) => each.getAttribute("href")),
			};
		}, svg);
		assert.equal(seen.error, "");
		assert.equal(seen.scripts, 0);
		for (const text of ["main", "billing-service", '<b>&"', "Explore"]) {
			assert.ok(seen.texts.includes(text), `${text} is in ${seen.texts}`);
		}
		assert.ok(seen.texts.some((text) => text?.startsWith("waiting for you")));
		assert.match(seen.title, /2 agents at work/);
		for (const link of seen.links) assert.match(link ?? "", /^(#|data:image\/png)/);
	});

	it("looks as it does on the page", async () => {
		const page = await open({ reducedMotion: true });
		await choose(page, "Picture as SVG");
		const svg = await exported(page);
		const difference = await page.page.evaluate(async (text) => {
			const canvas = document.querySelector("canvas");
			if (canvas === null) return 1;
			const parsed = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
			// The policy of the page loads no pictures: what is compared is where the discs are.
			const circles = [...parsed.querySelectorAll("path")].filter((path) =>
				(path.getAttribute("d") ?? "").includes("A"),
			);
			const nodes = window.__agentLiveGraph?.nodes() ?? [];
			const found = nodes.filter(({ screenX, screenY, restRadius }) =>
				circles.some((path) => {
					const start = /M([\d.-]+) ([\d.-]+)/g;
					const all = [...(path.getAttribute("d") ?? "").matchAll(start)];
					return all.some(
						([, x, y]) =>
							Math.abs(Number(x) - screenX - restRadius) < 1 && Math.abs(Number(y) - screenY) < 1,
					);
				}),
			);
			return nodes.length - found.length;
		}, svg);
		assert.equal(difference, 0);
	});

	it("is a PNG of twice as many pixels", async () => {
		const page = await open({ theme: "light" });
		await choose(page, "Picture as PNG");
		const bytes = Buffer.from(await exported(page), "base64");
		assert.equal(bytes.subarray(1, 4).toString(), "PNG");
		const [width, height] = await page.page
			.locator("canvas")
			.evaluate((canvas) => [canvas.clientWidth, canvas.clientHeight]);
		assert.equal(bytes.readUInt32BE(16), (width ?? 0) * 2);
		assert.equal(bytes.readUInt32BE(20), (height ?? 0) * 2);
	});

	it("is handed over when the host asks for it", async () => {
		const page = await open();
		await page.send({ type: "exportView", format: "svg" });
		await page.advance(200);
		assert.match(await exported(page), /^<svg xmlns=/);
	});

	it("is chosen from a menu, by keyboard as well", async () => {
		const page = await open();
		const button = page.page.getByRole("button", { name: "Export" });
		await button.focus();
		await page.page.keyboard.press("Enter");
		assert.equal(await button.getAttribute("aria-expanded"), "true");
		const items = () => menu(page).getByRole("menuitem").allInnerTexts();
		assert.deepEqual(await items(), ["Picture as SVG", "Picture as PNG"]);
		await page.page.keyboard.press("ArrowDown");
		const focused = () => page.page.evaluate(() => document.activeElement?.textContent);
		assert.equal(await focused(), "Picture as PNG");
		await page.page.keyboard.press("ArrowDown");
		assert.equal(await focused(), "Picture as SVG");
		await page.screenshot("export-menu");
		await page.page.keyboard.press("Escape");
		assert.ok(await menu(page).isHidden());
		assert.equal(await button.getAttribute("aria-expanded"), "false");
		await button.click();
		await page.page.locator("canvas").click({ position: { x: 60, y: 500 } });
		assert.ok(await menu(page).isHidden());
	});

	it("stands beside the whole session, where an editor can save it", async () => {
		const page = await open();
		await page.send({ type: "settings", settings: { ...DEFAULT_PANEL_SETTINGS, canOpen: true } });
		await page.advance(200);
		await choose(page, "Session…");
		const wanted = { type: "exportSession", id: "s1" };
		assert.deepEqual(await page.postedOf("exportSession"), [wanted]);
	});
});
