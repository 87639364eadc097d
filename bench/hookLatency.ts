// What do the hooks add to a tool call of the real client, and what is lost when a run ends?
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { claudeBinary } from "../scripts/setup/claudeClient.ts";
import { findProgram } from "../scripts/setup/which.ts";
import { type Handler, handlerEntry, readHandlers } from "../src/installer/registration.ts";
import { ClientRun, repository } from "../test/support/client/clientRun.ts";
import type { Script } from "../test/support/client/scriptedModel.ts";
import { hooksFolder } from "../test/support/hooks/hookLab.ts";

/** Rounds in which each way is run once, so that a busy moment hits all alike. */
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 5);
/** Shell calls in a row, which the client makes one after the other. */
const CALLS = 30;
/**
 * A model takes a second or more for an answer. With none at all the hook after one call would run
 * beside the next, and two hooks and the client share these cores at any time.
 */
const THINKS_MS = 250;
/** Hooks that the client does not wait for may write after its end, if they are left to. */
const LATE_MS = 1500;

const handlers = readHandlers(readFileSync(join(hooksFolder, "hooks.json"), "utf8"));
const shell = { type: "tool_use", name: "Bash", input: { command: "true", description: "a step" } };
const script = { main: Array.from({ length: CALLS }, () => [shell]) } as Script;

/** A way to register the hooks; null: none at all. */
interface Way {
	readonly title: string;
	isAsync(handler: Handler): boolean | null;
	/** Instead of our scripts. */
	readonly command?: string;
	/** With the jq of this folder. */
	readonly jqFolder?: string;
}

/** Folders with another jq each, such as a newer one, separated by `:`. */
const otherJq = (process.env.BENCH_JQ ?? "").split(":").filter(Boolean);
const ofTools = ({ script }: Handler) => script === "tool-use-event.sh";
const ways: readonly Way[] = [
	{ title: "no hooks", isAsync: () => null },
	{
		title: "`jq -c .` after a call only, waited for",
		isAsync: (handler) => (ofTools(handler) && handler.event !== "PreToolUse" ? false : null),
		command: "jq -c . >/dev/null",
	},
	{
		title: "`true` on the same events, async",
		isAsync: (handler) => (ofTools(handler) ? true : null),
		command: "true",
	},
	{ title: "ours, all waited for", isAsync: () => false },
	{
		title: "ours, PreToolUse async",
		isAsync: (handler) => ofTools(handler) && handler.event === "PreToolUse",
	},
	{ title: "ours, as hooks.json has them (tool calls async)", isAsync: ({ isAsync }) => isAsync },
	...otherJq.map((jqFolder) => ({
		title: `the same, ${execFileSync(join(jqFolder, "jq"), ["--version"], { encoding: "utf8" }).trim()}`,
		isAsync: ({ isAsync }: Handler) => isAsync,
		jqFolder,
	})),
];

interface Result {
	/** ms, one for each call of each run. */
	readonly calls: number[];
	readonly runs: number[];
	/** Events of calls that the log has. */
	readonly written: number[];
	/** Runs whose log has the end of the session. */
	ends: number;
}

/** Medians as a Markdown table. What is added by a call must be under 5 ms, or at most one jq. */
export async function run(): Promise<string> {
	if (claudeBinary() === undefined || !findProgram("jq")) return "The client or jq is missing.";
	const results = ways.map((): Result => ({ calls: [], runs: [], written: [], ends: 0 }));
	for (let round = 0; round < ROUNDS; round++) {
		for (const [index, way] of ways.entries()) {
			const result = results[index];
			if (result !== undefined) await measure(way, result);
		}
	}
	return table(results);
}

async function measure(way: Way, result: Result): Promise<void> {
	const client = new ClientRun();
	try {
		const started = performance.now();
		let ended = 0;
		await client.play(script, {
			isBare: true,
			thinksMs: THINKS_MS,
			install: async (config) => register(way, config),
		});
		ended = performance.now();
		result.runs.push(ended - started);
		// The first call starts more than a call.
		result.calls.push(...client.turnTimes.slice(1));
		await sleep(LATE_MS);
		const log = join(client.config, "memory", "agent-events.jsonl");
		const lines = existsSync(log) ? readFileSync(log, "utf8").split("\n") : [];
		const names = lines.filter(Boolean).map((line) => JSON.parse(line).event);
		result.written.push(names.filter((name) => /^tool_(use|result)$/.test(name)).length);
		if (names.includes("session_end")) result.ends++;
	} finally {
		client.dispose();
	}
}

function register({ isAsync, command, jqFolder }: Way, config: string): void {
	const file = join(config, "settings.json");
	const settings = JSON.parse(readFileSync(file, "utf8"));
	const hooks: Record<string, object[]> = {};
	for (const handler of handlers) {
		const chosen = isAsync(handler);
		if (chosen === null) continue;
		const path = jqFolder === undefined ? "" : `PATH='${jqFolder}':$PATH; `;
		const line = command ?? `${path}exec sh "${join(repository, "hooks", handler.script)}"`;
		const group = {
			matcher: handler.matcher ?? "",
			hooks: [handlerEntry({ ...handler, isAsync: chosen }, line)],
		};
		hooks[handler.event] = [...(hooks[handler.event] ?? []), group];
	}
	writeFileSync(file, JSON.stringify({ ...settings, hooks }));
}

function table(results: readonly Result[]): string {
	const base = median(results[0]?.calls ?? []);
	const rows = results.map(({ calls, runs, written, ends }, index) => {
		const isOurs = index > 0 && ways[index]?.command === undefined;
		const call = median(calls);
		const added = index === 0 ? "" : (call - base).toFixed(1);
		const least = Math.min(...written);
		const most = Math.max(...written);
		const found = least === most ? `${most}` : `${least} to ${most}`;
		const cells = [call.toFixed(1), added, quantile(calls, 0.95).toFixed(1)];
		const whole = (median(runs) / 1000).toFixed(2);
		return [ways[index]?.title, ...cells, whole, isOurs ? `${found} of ${2 * CALLS}` : ""]
			.concat(isOurs ? `${ends} of ${runs.length}` : "")
			.join(" | ");
	});
	return [
		"| hooks | a call, ms | added, ms | p95, ms | whole run, s | events of calls | ends |",
		"| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
		...rows.map((row) => `| ${row} |`),
		"",
		`${CALLS} shell calls in a row, ${ROUNDS} runs each in turns; medians, from the model's answer`,
		`to the client's next question. The model takes ${THINKS_MS} ms for an answer.`,
	].join("\n");
}

function median(values: readonly number[]): number {
	return quantile(values, 0.5);
}

function quantile(values: readonly number[], part: number): number {
	const sorted = values.toSorted((a, b) => a - b);
	return sorted[Math.min(sorted.length - 1, Math.floor(values.length * part))] ?? Number.NaN;
}

if (process.argv[1] === import.meta.filename) console.log(await run());
