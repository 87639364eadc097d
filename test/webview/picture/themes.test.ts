import assert from "node:assert/strict";
import type { BrowserPage } from "../../support/page/browserPage.ts";
import { crowd } from "../../support/page/fakeCrowd.ts";
import { agentView, START, sessionView } from "../../support/page/fakeViews.ts";
import { usePages } from "../../support/page/fixture.ts";
import { THEMES, type ThemeName } from "../../support/page/themes.ts";

const NAMES = Object.keys(THEMES) as ThemeName[];
const scene = [
	sessionView("s1"),
	agentView("sonnet", { type: "general-purpose", model: "claude-sonnet-5", calls: 20 }),
	agentView("opus", { type: "architect", model: "claude-opus-4-8", calls: 8 }),
	agentView("haiku", { type: "Explore", description: "where is retry handled?", calls: 4 }),
	agentView("other", { type: "linter", model: "" }),
	agentView("waits", {
		type: "test-writer",
		model: "claude-sonnet-5",
		state: "waiting",
		waiting: { since: START, tool: "Bash" },
	}),
];

describe("themes", () => {
	const pages = usePages();

	for (const theme of NAMES) {
		it(`takes the ground and the hues of ${theme}`, async () => {
			const page = await pages.open({ theme });
			await page.snapshot(scene);
			await page.advance(1000);
			const ground = THEMES[theme].variables["editor-background"];
			assert.equal(hex(await page.pixel(17, 61)), ground);
			const rims = await Promise.all(["sonnet", "opus", "haiku"].map((key) => rim(page, key)));
			if (theme.startsWith("highContrast")) assertBorders(rims, theme);
			else assertHues(rims);
			await page.screenshot(`theme-${theme}`);
		});

		for (const agents of [0, 1, 8, 200]) {
			it(`draws ${agents} agents in ${theme}`, async () => {
				const page = await pages.open({ theme, width: 1100, height: 720 });
				await page.snapshot(agents === 0 ? [] : crowd(agents));
				await page.advance(1000);
				assert.equal((await page.nodes()).size, agents === 0 ? 0 : agents + 1);
				await page.screenshot(`agents-${agents}-${theme}`);
			});
		}
	}

	it("reads its colours again when the theme changes", async () => {
		const page = await pages.open({ theme: "dark" });
		await page.snapshot(scene);
		await page.advance(500);
		await page.page.evaluate(({ bodyClass, variables }) => {
			for (const [name, value] of Object.entries(variables)) {
				document.documentElement.style.setProperty(`--vscode-${name}`, value);
			}
			document.body.className = bodyClass;
		}, THEMES.light);
		await page.advance(100);
		assert.equal(hex(await page.pixel(17, 61)), "#ffffff");
		const text = await page.page.evaluate(() => getComputedStyle(document.body).color);
		assert.equal(text, "rgb(59, 59, 59)");
	});
});

/** Strongest colour found on the way from a node's letter up past its outline. */
async function rim(page: BrowserPage, key: string): Promise<[number, number, number]> {
	const { screenX, screenY, restRadius } = await page.node(key);
	const steps = Array.from({ length: 16 }, (_, i) => 0.7 + i * 0.04);
	const colors = await Promise.all(
		steps.map((step) => page.pixel(screenX, screenY - restRadius * step)),
	);
	const ground = await page.pixel(17, 61);
	return colors.reduce((best, color) =>
		distance(color, ground) > distance(best, ground) ? color : best,
	);
}

function distance(a: readonly number[], b: readonly number[]): number {
	return a.reduce((sum, channel, i) => sum + Math.abs(channel - (b[i] ?? 0)), 0);
}

/** All families wear the theme's one border colour: shapes and letters tell them apart. */
function assertBorders(rims: [number, number, number][], theme: ThemeName): void {
	const border = { highContrast: [111, 195, 223], highContrastLight: [15, 74, 133] };
	const wanted = theme === "highContrast" ? border.highContrast : border.highContrastLight;
	// Where a thin line falls between pixels it is mixed with the ground, over 500 away.
	for (const color of rims) assert.ok(distance(color, wanted) < 150, `${color}`);
}

function assertHues([sonnet, opus, haiku]: [number, number, number][]): void {
	assert.ok(sonnet && sonnet[1] > sonnet[0] && sonnet[1] > sonnet[2], `green ${sonnet}`);
	assert.ok(opus && opus[0] > opus[1] && opus[0] > opus[2], `red ${opus}`);
	assert.ok(haiku && haiku[2] > haiku[0] && haiku[2] > haiku[1], `blue ${haiku}`);
}

function hex(color: readonly number[]): string {
	return `#${color.map((channel) => channel.toString(16).padStart(2, "0")).join("")}`;
}
