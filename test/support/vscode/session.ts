import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Frame, Locator, Page } from "playwright-core";
import { vsixFile } from "../../../scripts/paths.ts";
import { isolate } from "../../../scripts/runner/isolation.ts";
import {
	installExtension,
	startServer,
	workbenchUrl,
	writeMachineSettings,
} from "../../../scripts/vscode/server.ts";
import { quietSettings } from "../../../scripts/vscode/settings.ts";
import { openWorkbench } from "./workbench.ts";

export interface SessionOptions {
	readonly settings?: Readonly<Record<string, unknown>>;
	readonly width?: number;
	readonly height?: number;
	/** Device pixels per CSS pixel. */
	readonly scale?: number;
	/** Base name of the folder that the window opens. */
	readonly folderName?: string;
}

/** A VS Code with the packaged extension, driven from outside like a person would. */
export interface Session {
	readonly page: Page;
	/** The folder that the window has open. */
	readonly workspace: string;
	/** Changes settings of the machine, on top of those it was opened with; takes effect live. */
	applySettings(settings: Readonly<Record<string, unknown>>): void;
	/** Where the extension looks for the log by default; neither file nor folder exists yet. */
	readonly eventsFile: string;
	/** Where it looks for transcripts by default; does not exist yet. */
	readonly projects: string;
	/** Runs a command from the palette, by the title that is shown there. */
	runCommand(title: string): Promise<void>;
	/** The panel's own document, once its page has built itself. */
	panel(): Promise<Frame>;
	/** Reloads the window as its command does; the browser's own reload leaves no time to save. */
	reload(): Promise<void>;
	close(): Promise<void>;
}

const ATTEMPTS = 6;
/** Milliseconds for each step of an attempt to open the palette. */
const ATTEMPT_TIMEOUT = 3_000;

/** Starts everything in folders of its own. Needs the packaged extension. */
export async function openSession(options: SessionOptions = {}): Promise<Session> {
	const home = isolate();
	const dataFolder = join(home.folder, "server");
	const workspace = join(home.folder, options.folderName ?? "workspace");
	mkdirSync(workspace);
	const applySettings: Session["applySettings"] = (settings) =>
		writeMachineSettings(dataFolder, { ...quietSettings, ...options.settings, ...settings });
	applySettings({});
	const serverOptions = { dataFolder, env: home.env };
	await installExtension(vsixFile, serverOptions);
	const server = await startServer(serverOptions);
	const window = await openWorkbench({
		...options,
		profile: home.folder,
		url: workbenchUrl(server.origin, workspace),
	});
	const { page } = window;
	await whenActive(page);
	return {
		page,
		workspace,
		applySettings,
		eventsFile: join(home.configFolder, "memory", "agent-events.jsonl"),
		projects: join(home.configFolder, "projects"),
		runCommand: (title) => runCommand(page, title),
		panel: () => findPanel(page),
		async reload() {
			const isLoaded = page.waitForEvent("load");
			await chooseCommand(page, "Developer: Reload Window");
			await isLoaded;
			await whenActive(page);
		},
		async close() {
			await window.close();
			await server.stop();
			home.remove();
		},
	};
}

/** Our item in the status bar. */
export function statusItem(page: Page): Locator {
	return page.locator('.statusbar-item[id^="agent-live-graph"]');
}

/** Before that the palette does not know our commands, and it never looks again. */
async function whenActive(page: Page): Promise<void> {
	await statusItem(page).waitFor();
}

async function runCommand(page: Page, title: string): Promise<void> {
	await chooseCommand(page, title);
	await page.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

/** Tries again: a webview that is being loaded swallows keys, and takes the focus when it is. */
async function chooseCommand(page: Page, title: string): Promise<void> {
	const input = page.locator(".quick-input-widget input.input");
	const first = page.locator('.quick-input-list .monaco-list-row[data-index="0"]');
	for (let attempt = 1; ; attempt++) {
		try {
			// Not F1: lists of the workbench keep that for their own help.
			await page.keyboard.press("Control+Shift+P");
			await input.fill(`>${title}`, { timeout: ATTEMPT_TIMEOUT });
			await first.filter({ hasText: title }).waitFor({ timeout: ATTEMPT_TIMEOUT });
			await page.keyboard.press("Enter");
			return;
		} catch (error) {
			if (attempt === ATTEMPTS) {
				throw error;
			}
		}
	}
}

/** Webviews are frames in frames; ours is known by its root element. */
export async function findPanel(page: Page): Promise<Frame> {
	for (;;) {
		for (const frame of page.frames()) {
			const isPanel = await frame
				.evaluate(() => document.querySelector("#agent-live-graph canvas") !== null)
				// The frame may be gone, or be replaced, at any moment.
				.catch(() => false);
			if (isPanel) {
				return frame;
			}
		}
		await page.waitForTimeout(50);
	}
}
