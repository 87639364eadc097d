// What is wrong with the panel's picture at rest: overlaps, crossings, siblings out of order.
import type { Browser } from "playwright-core";
import type { NodeView } from "../src/model/views/view.ts";
import { BrowserPage, launchBrowser } from "../test/support/page/browserPage.ts";
import { families } from "../test/support/page/fakeFamilies.ts";
import { PageServer } from "../test/support/page/pageServer.ts";
import { faultsOf, type PictureFaults } from "../test/support/page/pictureFaults.ts";
import type { ThemeName } from "../test/support/page/themes.ts";

const SIZES = [8, 40, 200, 600];
const PANEL = { width: 1280, height: 800 };
const OTHER_THEMES = ["light", "highContrast", "highContrastLight"] as const;
/** Agents that come with one patch where they come one after the other. */
const PER_PATCH = 4;

/** How a picture comes to be: all at once, as when the panel opens, or agent by agent. */
type Arrival = "at once" | "one by one";

interface Measured extends PictureFaults {
	/** At which everything fits. */
	readonly zoom: number;
}

/** Measures at four sizes and leaves a picture of each in every theme; gives back a Markdown table. */
export async function run(): Promise<string> {
	const server = await PageServer.start();
	const browser = await launchBrowser();
	try {
		const lines: string[] = [];
		for (const agents of SIZES) {
			for (const arrival of ["at once", "one by one"] as const) {
				lines.push(row(agents, arrival, await measure(browser, server, agents, arrival)));
			}
			for (const theme of OTHER_THEMES) await measure(browser, server, agents, "at once", theme);
		}
		return table(lines);
	} finally {
		await browser.close();
		await server.stop();
	}
}

async function measure(
	browser: Browser,
	server: PageServer,
	agents: number,
	arrival: Arrival,
	theme: ThemeName = "dark",
): Promise<Measured> {
	const page = await BrowserPage.open(browser, server, { ...PANEL, theme });
	try {
		const nodes = families(agents);
		await (arrival === "at once" ? page.snapshot(nodes) : arrive(page, nodes));
		await page.advance(6000);
		await page.screenshot(`layout-${agents}-${arrival.replaceAll(" ", "-")}-${theme}`);
		const seen = await page.nodes();
		const zoom = await page.page.evaluate(() => window.__agentLiveGraph?.view().k ?? Number.NaN);
		return { ...faultsOf(nodes.flatMap(({ key }) => seen.get(key) ?? [])), zoom };
	} finally {
		await page.close();
	}
}

async function arrive(page: BrowserPage, nodes: readonly NodeView[]): Promise<void> {
	await page.snapshot(nodes.slice(0, 1));
	await page.advance(1000);
	const perPatch = nodes.length > 50 ? PER_PATCH : 1;
	for (let i = 1; i < nodes.length; i += perPatch) {
		await page.patch({ upserts: nodes.slice(i, i + perPatch) });
		await page.advance(nodes.length > 300 ? 100 : 400);
	}
}

function row(agents: number, arrival: Arrival, faults: Measured): string {
	const { clockwise, labelled, edgeLength, zoom, ...counts } = faults;
	const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
	const cells = [
		agents,
		arrival,
		...Object.values(counts),
		percent(clockwise),
		percent(labelled),
		`${edgeLength.toFixed(0)} px`,
		zoom.toFixed(2),
	];
	return `| ${cells.join(" | ")} |`;
}

function table(lines: readonly string[]): string {
	return [
		`The picture at rest in a panel of ${PANEL.width} × ${PANEL.height} px, nested four deep`,
		"",
		"| agents | came | overlapping discs | labels | chips | edges over labels | labels broken by an edge | edges over discs | edges that cross | strangers in families | siblings clockwise | labels shown | edge | zoom |",
		"|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|",
		...lines,
	].join("\n");
}

if (process.argv[1] === import.meta.filename) console.log(await run());
