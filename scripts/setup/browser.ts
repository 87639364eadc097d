import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { toolsFolder } from "../paths.ts";
import { apt, canUseApt, isDebian } from "./apt.ts";
import { packagedBrowser, packagedBrowserStep } from "./browserPackage.ts";
import { SetupError } from "./npm.mjs";
import type { Progress } from "./progress.mjs";
import type { SetupStep } from "./steps.ts";
import { findProgram } from "./which.ts";

/** A Chromium and how to start it; the fields are those of playwright's launch options. */
export interface Browser {
	readonly executablePath: string;
	readonly args: string[];
	readonly env: Record<string, string>;
}

const isRoot = process.getuid?.() === 0;
const flags = [
	"--disable-gpu",
	"--disable-quic",
	"--no-first-run",
	"--disable-background-networking",
	"--disable-component-update",
	"--disable-sync",
];
/** Without its recommended packages Chromium would have no font at all. */
const debianPackages = ["chromium", "fonts-liberation", "fonts-dejavu-core"];
/** Milliseconds a browser may take to show an empty page at set-up. */
const PROBE_TIMEOUT = 60_000;

/**
 * The first of: `$CHROME_PATH`, an installed Chrome, Chromium or Edge, the one set-up installed.
 * Undefined when there is none.
 */
export function findBrowser(): Browser | undefined {
	const path = process.env.CHROME_PATH ?? findInstalled();
	const isSandboxed = !isRoot && readProbe()?.isSandboxed !== false;
	const args = isSandboxed ? flags : [...flags, "--no-sandbox"];
	const base = path === undefined ? packagedBrowser() : { executablePath: path, env: {} };
	return base && { ...base, args, env: { ...ownEnvironment(), ...base.env } };
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
		progress.update("trying it");
		probe();
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

interface Probe {
	readonly path: string;
	readonly isSandboxed: boolean;
}

const probeFile = join(toolsFolder, `browser-${isRoot ? "root" : "user"}.json`);

function readProbe(): Probe | undefined {
	try {
		return JSON.parse(readFileSync(probeFile, "utf8"));
	} catch {
		return undefined;
	}
}

/** A container may forbid the sandbox to a normal user, which shows only when it is tried. */
function probe(): void {
	rmSync(probeFile, { force: true });
	const browser = findBrowser();
	if (browser === undefined) {
		throw new SetupError("No browser was found after its installation.");
	}
	const first = showEmptyPage(browser);
	const second = first.ok
		? first
		: showEmptyPage({ ...browser, args: [...browser.args, "--no-sandbox"] });
	if (!second.ok) {
		throw new SetupError(
			`${browser.executablePath} cannot show a page:\n${second.output}\n` +
				"Set CHROME_PATH to a Chrome or Chromium that works.",
		);
	}
	mkdirSync(dirname(probeFile), { recursive: true });
	const result: Probe = { path: browser.executablePath, isSandboxed: first.ok && !isRoot };
	writeFileSync(probeFile, JSON.stringify(result));
}

function showEmptyPage(browser: Browser): { ok: boolean; output: string } {
	const profile = mkdtempSync(join(tmpdir(), "agent-live-graph-probe-"));
	const page = "data:text/html,<p>it-works</p>";
	const args = [...browser.args, "--headless", `--user-data-dir=${profile}`, "--dump-dom", page];
	const { stdout, stderr, error } = spawnSync(browser.executablePath, args, {
		env: browser.env,
		encoding: "utf8",
		timeout: PROBE_TIMEOUT,
	});
	rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
	const output = error?.message ?? stderr.trim().slice(-2_000);
	return { ok: stdout?.includes("it-works") ?? false, output };
}

function ownEnvironment(): Record<string, string> {
	const entries = Object.entries(process.env);
	return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]));
}
