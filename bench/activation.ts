// What the extension costs the editor that it runs in, and what it weighs.
import { execFileSync } from "node:child_process";
import { statSync } from "node:fs";
import { inProject, vsixFile } from "../scripts/paths.ts";
import { openSession, type Session } from "../test/support/vscode/session.ts";

const WINDOWS = 5;
/** What may be spent: ms on the extension host's thread, and bytes. */
const BUDGET = { activationMs: 50, bundle: 100_000, vsix: 6_000_000 };

/** An extension of VS Code's own, measured beside ours by the same host in the same windows. */
const NEIGHBOUR = "Emmet";

/**
 * Opens the packaged extension in as many windows of the real VS Code; gives back a Markdown table
 * of medians. The host's own figure runs from the request to the end, and so holds whatever else
 * it starts in between: read it beside the neighbour's.
 */
export async function run(): Promise<string> {
	// So tall that the whole list of extensions is shown.
	const session = await openSession({ height: 1_600 });
	const own: number[] = [];
	const ours: number[] = [];
	const neighbours: number[] = [];
	try {
		for (let i = 0; i < WINDOWS; i++) {
			if (i > 0) await session.reload();
			own.push(await ownMeasure(session));
			await session.runCommand("Developer: Show Running Extensions");
			ours.push(await hostMeasure(session, "Agent Live Graph"));
			neighbours.push(await hostMeasure(session, NEIGHBOUR));
			// The list stands in front of everything, the palette included.
			await session.page.keyboard.press("Escape");
		}
	} finally {
		await session.close();
	}
	const loading = Array.from({ length: WINDOWS }, loadMeasure);
	const onThread = median(own) + median(loading);
	return table([
		["loading the bundle", median(loading), BUDGET.activationMs, "ms"],
		["activate()", median(own), BUDGET.activationMs, "ms"],
		["both, on the thread", onThread, BUDGET.activationMs, "ms"],
		["host's figure, request to end", median(ours), median(neighbours), "ms"],
		["main bundle", sizeOf("dist/extension.cjs"), BUDGET.bundle],
		["page, script and style", sizeOf("dist/webview/main.js", "dist/webview/style.css")],
		["package", statSync(vsixFile).size, BUDGET.vsix],
	]);
}

/** What activate() measured, as Show Status tells it. */
async function ownMeasure({ page, runCommand }: Session): Promise<number> {
	await runCommand("Agent Live Graph: Show Status");
	for (;;) {
		for (const frame of page.frames()) {
			const text = await frame.evaluate(() => document.body.innerText).catch(() => "");
			const found = /activated in ([\d.]+) ms/.exec(text);
			if (found !== null) return Number(found[1]);
		}
		await page.waitForTimeout(50);
	}
}

/** Milliseconds that a fresh Node takes to load the bundle, with nothing behind `vscode`. */
function loadMeasure(): number {
	const script = `
		const { Module } = require("node:module");
		const load = Module._load;
		const stub = new Proxy(class {}, { get: (_, name) => name === "prototype" ? {} : stub });
		Module._load = (name, ...rest) => (name === "vscode" ? stub : load(name, ...rest));
		const started = performance.now();
		require(${JSON.stringify(inProject("dist", "extension.cjs"))});
		console.log(performance.now() - started);`;
	return Number(execFileSync(process.execPath, ["-e", script], { encoding: "utf8" }));
}

/** "Activation: 12ms" in the editor's own list of running extensions. */
async function hostMeasure({ page }: Session, extension: string): Promise<number> {
	const row = page.locator(".runtime-extensions-editor .extension", { hasText: extension });
	const text = await row.locator(".activation-time").innerText();
	return Number(/(\d+)\s*ms/.exec(text)?.[1]);
}

function sizeOf(...files: string[]): number {
	return files.reduce((total, file) => total + statSync(inProject(file)).size, 0);
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

type Row = readonly [what: string, value: number, budget?: number, unit?: string];

function table(rows: readonly Row[]): string {
	const lines = rows.map(([what, value, budget, unit = "bytes"]) => {
		const of =
			budget === undefined ? "| – | –" : `| ${format(budget)} ${unit} | ${ratio(value, budget)}`;
		return `| ${what} | ${format(value)} ${unit} ${of} |`;
	});
	return [
		"| activation | measured | budget or neighbour | of it |",
		"|---|---:|---:|---:|",
		...lines,
	].join("\n");
}

function ratio(value: number, budget: number): string {
	return (value / budget).toFixed(2);
}

function format(value: number): string {
	return value.toLocaleString("en-US", { maximumFractionDigits: 1 });
}

if (process.argv[1] === import.meta.filename) console.log(await run());
