import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, utimesSync } from "node:fs";
import * as path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import type { Telemetry } from "../../../src/telemetry/api.ts";
import { badLinesOf } from "../../../src/telemetry/storage/badLines.ts";
import { TelemetryStore } from "../../../src/telemetry/storage/store.ts";
import { type OpenOptions, openTelemetry } from "../../../src/telemetry/worker/telemetryClient.ts";
import { auditRollups } from "../telemetry/rollupAudit.ts";
import { sqlJs } from "../telemetry/telemetry.ts";

const here = (relative: string) => fileURLToPath(new URL(relative, import.meta.url));
const CHILD = here("telemetryChild.ts");
const WORKER = here("../../../dist/telemetryWorker.cjs");

/** @param rotateAboveBytes none by default: halves of lines would be torn, hooks write whole ones */
export function telemetryOptions(
	folder: string,
	rotateAboveBytes = Number.POSITIVE_INFINITY,
): OpenOptions {
	return {
		databaseFile: path.join(folder, "storage", "telemetry.db"),
		eventsFile: path.join(folder, "agent-events.jsonl"),
		retentionDays: 90,
		saveEveryMs: 50,
		saveEveryRows: 100,
		rotateAboveBytes,
		workerFile: WORKER,
	};
}

export function openFolder(folder: string, changes: Partial<OpenOptions> = {}): Telemetry {
	return openTelemetry({ ...telemetryOptions(folder), ...changes });
}

/** Resolves once a state is reached; mocha's timeout ends a wait that never does. */
export function until(telemetry: Telemetry, condition: () => boolean): Promise<void> {
	if (condition()) return Promise.resolve();
	return new Promise((resolve) => {
		const stop = telemetry.onDidChange(() => {
			if (!condition()) return;
			stop();
			resolve();
		});
	});
}

/** Another process on a folder. */
export class TelemetryProcess {
	readonly child: ChildProcess;
	readonly states: string[] = [];
	#wake: (() => void)[] = [];

	constructor(folder: string, rotateAboveBytes = Number.POSITIVE_INFINITY) {
		const args = [CHILD, folder, String(rotateAboveBytes)];
		this.child = spawn(process.execPath, ["--import", here("../sqlText.ts"), ...args], {
			stdio: ["pipe", "pipe", "inherit"],
		});
		const { stdout } = this.child;
		assert(stdout !== null);
		createInterface(stdout).on("line", (line) => {
			this.states.push(line);
			for (const wake of this.#wake.splice(0)) wake();
		});
	}

	get role(): string {
		return this.states.at(-1)?.split(" ")[0] ?? "starting";
	}

	async until(condition: () => boolean): Promise<void> {
		while (!condition()) await new Promise<void>((resolve) => this.#wake.push(resolve));
	}

	async kill(): Promise<void> {
		const exited = once(this.child, "exit");
		this.child.kill("SIGKILL");
		await exited;
	}

	/** Lets it save and end. */
	async end(): Promise<void> {
		const exited = once(this.child, "exit");
		this.child.stdin?.end();
		await exited;
	}
}

/** Makes the lock of a killed process as old as one that has not been renewed for a minute. */
export function ageLock(folder: string): void {
	const lock = `${telemetryOptions(folder).databaseFile}.lock`;
	const longAgo = Date.now() / 1000 - 60;
	if (existsSync(lock)) utimesSync(lock, longAgo, longAgo);
}

/** Writes calls to a folder's log, in pieces that do not care for the ends of lines. */
export class CallWriter {
	readonly ids: string[] = [];
	readonly #file: string;
	#rest = "";

	constructor(folder: string) {
		this.#file = telemetryOptions(folder).eventsFile;
	}

	/** @param cut share of the text that is written now, 0 to 1; the rest goes before the next */
	write(calls: number, cut = 1): void {
		let text = this.#rest;
		for (let call = 0; call < calls; call++) text += this.#call();
		const end = Math.ceil(text.length * cut);
		appendFileSync(this.#file, text.slice(0, end));
		this.#rest = text.slice(end);
	}

	#call(): string {
		const number = this.ids.length;
		const id = `toolu_${String(number).padStart(9, "0")}`;
		this.ids.push(id);
		const tool = ["Bash", "Read", "Edit"][number % 3];
		const common = { v: 2, ts: new Date().toISOString(), session_id: `s${number % 7}`, id, tool };
		const result = { event: "tool_result", success: number % 5 > 0, duration_ms: number % 900 };
		return `${JSON.stringify({ ...common, event: "tool_use" })}\n${JSON.stringify({ ...common, ...result })}\n`;
	}
}

/** The saved database; it is whole whenever it is looked at. */
export async function savedStore(folder: string): Promise<TelemetryStore | null> {
	const { databaseFile } = telemetryOptions(folder);
	if (!existsSync(databaseFile)) return null;
	return new TelemetryStore(await sqlJs(), readFileSync(databaseFile));
}

/** Every call once, with its result, and every sum as it must be. */
export async function assertNothingLost(folder: string, ids: readonly string[]): Promise<void> {
	const store = await savedStore(folder);
	assert(store !== null);
	const calls = store.all<{ tool_use_id: string; success: number | null }>(
		"SELECT tool_use_id, success FROM calls ORDER BY tool_use_id",
	);
	assert.deepEqual(
		calls.map((call) => call.tool_use_id),
		[...ids],
	);
	const open = calls.filter((call) => call.success === null).map((call) => call.tool_use_id);
	assert.deepEqual(open, [], `bad lines: ${JSON.stringify(badLinesOf(store))}`);
	assert.deepEqual(auditRollups(store), []);
	store.close();
}
