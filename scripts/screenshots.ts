// `npm run screenshots`: the README's pictures, and crowds in every theme for people to look at,
// all from the packaged extension in the real editor.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Frame as PanelFrame } from "playwright-core";
import { openSession, type Session } from "../test/support/vscode/session.ts";
import { build, packageExtension } from "./build.ts";
import { inProject, outFolder } from "./paths.ts";
import { type Frame, writeGif } from "./screenshots/gif.ts";
import { LiveScript, writeCrowd } from "./screenshots/invented.ts";
import { browserStep } from "./setup/browser.ts";
import { codeServerStep } from "./setup/codeServer.ts";
import { setUpOrExit } from "./setup/everything.ts";

/** Milliseconds into the script at which the picture is full: a failure, someone waiting. */
const FULL_PICTURE = 19_000;
const GIF = { width: 960, height: 600, from: 16_500, frames: 108, interval: 120 };
const themes = {
	dark: "Dark Modern",
	light: "Light Modern",
	highContrast: "Default High Contrast",
	highContrastLight: "Default High Contrast Light",
};
const folderName = "billing-service";
const showcase = {
	folderName,
	settings: {
		"agentLiveGraph.openOnStartup": true,
		"workbench.colorTheme": themes.dark,
		"window.commandCenter": false,
		"workbench.layoutControl.enabled": false,
		"workbench.editor.editorActionsLocation": "hidden",
	},
};

/** What is shown of the panel in the film, by the frame at which it begins. */
const acts: Readonly<Record<number, (panel: PanelFrame) => Promise<void>>> = {
	36: (panel) => panel.getByRole("button", { name: "Timeline", exact: true }).click(),
	66: async (panel) => {
		await panel.getByRole("button", { name: "Replay", exact: true }).click();
		const slider = panel.getByRole("slider", { name: "Moment" });
		const { width = 0, height = 0 } = (await slider.boundingBox()) ?? {};
		await slider.click({ position: { x: width * 0.35, y: height / 2 } });
		await panel.getByRole("button", { name: /^Play/ }).click();
	},
	98: (panel) => panel.getByRole("button", { name: "Live", exact: true }).click(),
};

await setUpOrExit([codeServerStep, browserStep]);
await build();
await packageExtension();
const wanted = process.argv.slice(2);
const parts = { stills: takeStills, gif: takeGif, crowds: takeCrowds };
for (const [name, take] of Object.entries(parts)) {
	if (wanted.length === 0 || wanted.includes(name)) {
		await take();
	}
}
process.exit(0);

async function takeStills(): Promise<void> {
	const session = await openSession({ ...showcase, width: 1440, height: 860, scale: 2 });
	await showTree(session);
	const script = new LiveScript(session);
	script.start(FULL_PICTURE - 8_000);
	const panel = await session.panel();
	await panel
		.getByRole("listitem")
		.filter({ hasText: /^[5-9]alive/ })
		.waitFor();
	await session.page.waitForTimeout(5_000);
	await panel.getByRole("button", { name: "Timeline", exact: true }).click();
	await panel.getByRole("button", { name: /^Finished/ }).click();
	await showAll(panel);
	await session.page.waitForTimeout(3_000);
	await session.page.screenshot({ path: inProject("media", "screenshot-dark.png") });
	session.applySettings({ "workbench.colorTheme": themes.light });
	await panel.locator("body.vscode-light").waitFor();
	await panel.getByRole("button", { name: "Timeline", exact: true }).click();
	await panel.getByRole("button", { name: /table of agents/i }).click();
	await panel.getByRole("row", { name: /migrate the parser/ }).click();
	await showAll(panel);
	await session.page.waitForTimeout(3_000);
	await session.page.screenshot({ path: inProject("media", "screenshot-light.png") });
	script.stop();
	await session.close();
}

async function takeGif(): Promise<void> {
	const session = await openSession({ ...showcase, width: GIF.width, height: GIF.height });
	await hideSideBar(session);
	const script = new LiveScript(session);
	script.start(GIF.from - 4_000);
	const panel = await session.panel();
	await panel
		.getByRole("listitem")
		.filter({ hasText: /^[3-9]alive/ })
		.waitFor();
	await session.page.waitForTimeout(2_000);
	const frames: Frame[] = [];
	let before = performance.now();
	for (let i = 0; i < GIF.frames; i++) {
		await acts[i]?.(panel);
		const png = await session.page.screenshot();
		await session.page.waitForTimeout(Math.max(0, before + GIF.interval - performance.now()));
		const now = performance.now();
		frames.push({ png, delay: now - before });
		before = now;
	}
	script.stop();
	await session.close();
	writeGif(inProject("media", "demo.gif"), frames);
}

async function takeCrowds(): Promise<void> {
	const folder = join(outFolder, "screenshots");
	mkdirSync(folder, { recursive: true });
	for (const count of [1, 8, 40, 200]) {
		const session = await openSession(showcase);
		await hideSideBar(session);
		writeCrowd(session.eventsFile, session.workspace, count);
		const panel = await session.panel();
		await panel
			.getByRole("listitem")
			.filter({ hasText: `${count}alive` })
			.waitFor();
		for (const [name, theme] of Object.entries(themes)) {
			session.applySettings({ "workbench.colorTheme": theme });
			// Until the layout rests and the theme has reached every part of the window.
			await session.page.waitForTimeout(4_000);
			const path = join(folder, `editor-${count}-${name}.png`);
			await session.page.screenshot({ path });
		}
		await session.close();
	}
}

/** By mouse, as a key would leave the focus's ring in the picture; then the mouse is put away. */
async function showAll(panel: PanelFrame): Promise<void> {
	await panel.getByRole("button", { name: /show everything/i }).click();
	await panel.page().mouse.move(700, 2);
	await panel.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
}

async function showTree({ page }: Session): Promise<void> {
	await page.locator(".activitybar a[aria-label^='Agent Live Graph']").click();
	await page.locator(".pane-body").first().waitFor();
}

async function hideSideBar(session: Session): Promise<void> {
	await session.runCommand("View: Toggle Primary Side Bar Visibility");
}
