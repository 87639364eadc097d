import { existsSync } from "node:fs";
import { join } from "node:path";
import { apt, canUseApt, isDebian } from "./apt.ts";
import { packagedBrowser, packagedBrowserStep } from "./browserPackage.ts";
import { probeBrowser, readProbe } from "./browserProbe.ts";
import { SetupError } from "./npm.mjs";
import type { Progress } from "./progress.mjs";
import type { SetupStep } from "./steps.ts";
import { findProgram } from "./which.ts";

/** A Chromium and how to start it; the fields are those of playwright's launch options. */
export interface Browser {
	readonly executablePath: string;
	/** Chromium's own sandbox; root and some containers cannot have it. */
	readonly chromiumSandbox: boolean;
	readonly args: string[];
	readonly env: Record<string, string>;
}

/** Milliseconds after which a wait for a page is given up: a guard, however busy the machine is. */
export const WAIT_LIMIT = 120_000;

const isRoot = process.getuid?.() === 0;
/** What playwright turns off by default: Chromium takes the last of two lists. */
const withoutByDefault = [
	"AvoidUnnecessaryBeforeUnloadCheckSync",
	"DestroyProfileOnBrowserClose",
	"HttpsUpgrades",
	"HttpsFirstBalancedModeAutoEnable",
	"LensOverlay",
	"MediaRouter",
	"PaintHolding",
	"ThirdPartyStoragePartitioning",
	"AvoidCorsURLLoaderRestartOnRedirect",
	"OptimizationHints",
	"NetworkTimeServiceQuerying",
	"AimEnabled",
	"PreconnectToSearch",
];
/** What waits to be shown below an address bar that nobody sees: a process for each window. */
const withoutPopups = [
	"WebUIOmniboxPopup",
	"WebUIOmniboxAimPopup",
	"WebUIOmniboxFullPopup",
	"AiModeOmniboxEntryPoint",
];
const flags = [
	`--disable-features=${[...withoutByDefault, ...withoutPopups].join()}`,
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];
/** Without its recommended packages Chromium would have no font at all. */
const debianPackages = ["chromium", "fonts-liberation", "fonts-dejavu-core"];

/**
 * The first of: `$CHROME_PATH`, an installed Chrome, Chromium or Edge, the one set-up installed.
 * Undefined when there is none.
 */
export function findBrowser(): Browser | undefined {
	const path = process.env.CHROME_PATH ?? findInstalled();
	const chromiumSandbox = !isRoot && readProbe()?.isSandboxed !== false;
	const base = path === undefined ? packagedBrowser() : { executablePath: path, env: {} };
	const env = { ...ownEnvironment(), ...base?.env };
	return base && { executablePath: base.executablePath, chromiumSandbox, args: [...flags], env };
}

/** Makes sure that there is a browser and that it can show a page. */
export const browserStep: SetupStep = {
	name: "browser",
	title: "browser",
	isDone() {
		const probe = readProbe();
		return probe !== undefined && findBrowser()?.executablePath === probe.path;
	},
	async run(progress) {
		if (findBrowser() === undefined) {
			await install(progress);
		}
		const browser = findBrowser();
		if (browser === undefined) {
			throw new SetupError("No browser was found after its installation.");
		}
		progress.update("trying it");
		await probeBrowser(browser);
	},
};

async function install(progress: Progress): Promise<void> {
	if (canUseApt() && isDebian()) {
		try {
			await apt(debianPackages, progress);
			return;
		} catch (error) {
			console.error(`set-up: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
	if (process.platform !== "linux" || process.arch !== "x64") {
		throw new SetupError("Install Chrome, Chromium or Edge, or set CHROME_PATH to its program.");
	}
	await packagedBrowserStep.run(progress);
}

function findInstalled(): string | undefined {
	if (process.platform === "darwin") {
		return [
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Chromium.app/Contents/MacOS/Chromium",
			"/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
		].find((file) => existsSync(file));
	}
	if (process.platform === "win32") {
		const roots = ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].map(
			(name) => process.env[name],
		);
		const files = [
			"Google\\Chrome\\Application\\chrome.exe",
			"Microsoft\\Edge\\Application\\msedge.exe",
		];
		return roots
			.flatMap((root) => (root === undefined ? [] : files.map((file) => join(root, file))))
			.find((file) => existsSync(file));
	}
	return ["google-chrome", "google-chrome-stable", "chromium", "microsoft-edge", "chromium-browser"]
		.map(findProgram)
		.find((path) => path !== undefined);
}

function ownEnvironment(): Record<string, string> {
	const entries = Object.entries(process.env);
	return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]));
}
