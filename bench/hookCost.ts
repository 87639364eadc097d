// How much does a hook cost? Wall time of each script over that of `jq -c .` on the same payload.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../scripts/setup/which.ts";
import { type CaptureName, capturedPayloads } from "../test/support/hooks/captures.ts";
import { hooksFolder } from "../test/support/hooks/hookLab.ts";
import type { Payload } from "../test/support/hooks/payloads.ts";

/** Rounds in which everything is measured once, so that a busy moment hits all alike. */
const ROUNDS = 15;
/** Runs in a row that make one measurement. */
const RUNS = 5;

const shells = ["dash", "bash", "busybox sh"].filter((shell) =>
	findProgram(shell.split(" ")[0] ?? ""),
);

interface Subject {
	readonly script: string;
	readonly title: string;
	readonly payload: Payload;
}

const subjects: readonly Subject[] = [
	subject("tool-use-event.sh", "before a command", "PreToolUse", "Bash"),
	subject("tool-use-event.sh", "after a command", "PostToolUse", "Bash"),
	subject("tool-use-event.sh", "after an edit", "PostToolUse", "Edit"),
	subject("agent-event-spawn.sh", "launch", "PreToolUse", "Agent"),
	subject("agent-event-done.sh", "completed", "PostToolUse", "Agent"),
	subject("agent-lifecycle.sh", "stop of an agent", "SubagentStop"),
	subject("agent-lifecycle.sh", "start of a session", "SessionStart"),
	subject("numeric-claims-record.sh", "end of a turn", "Stop"),
];

/** Median ratios as a Markdown table. The target is 1.3. */
export async function run(): Promise<string> {
	if (!findProgram("jq")) return "jq is not installed: nothing to measure.";
	const lines = [`| hook | ${shells.join(" | ")} |`, `|---|${shells.map(() => "--:|").join("")}`];
	for (const each of subjects) {
		const ratios = await measure(each);
		const cells = ratios.map((ratio) => `${ratio.toFixed(2)} x`);
		lines.push(`| ${each.script}, ${each.title} | ${cells.join(" | ")} |`);
	}
	lines.push("", `Wall time over \`jq -c .\` of the same payload, median of ${ROUNDS} rounds.`);
	return lines.join("\n");
}

/** One ratio for each shell. */
async function measure({ script, payload }: Subject): Promise<number[]> {
	const folder = mkdtempSync(join(tmpdir(), "agent-live-graph-bench-"));
	const input = join(folder, "payload.json");
	writeFileSync(input, JSON.stringify(payload));
	const ratios: number[][] = shells.map(() => []);
	try {
		for (let round = 0; round < ROUNDS; round++) {
			const base = await batch("jq -c .", folder);
			for (const [index, shell] of shells.entries()) {
				const time = await batch(`${shell} '${join(hooksFolder, script)}'`, folder);
				ratios[index]?.push(time / base);
			}
		}
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
	return ratios.map(median);
}

/** Milliseconds that a command takes {@link RUNS} times, started by a shell as the client does. */
async function batch(command: string, folder: string): Promise<number> {
	const list = Array.from({ length: RUNS }, () => `${command} <payload.json >/dev/null`).join("\n");
	const started = performance.now();
	const child = spawn("sh", ["-c", list], {
		cwd: folder,
		stdio: "ignore",
		env: { PATH: process.env.PATH, HOME: folder, KEI_EVENTS_FILE: join(folder, "events.jsonl") },
	});
	await new Promise((resolve, reject) => child.on("close", resolve).on("error", reject));
	return performance.now() - started;
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** A recorded payload of that hook and tool. */
function subject(script: string, title: string, hook: string, tool?: string): Subject {
	const recorded: CaptureName = "nested-mixed";
	const payload = capturedPayloads(recorded).findLast(
		({ hook_event_name, tool_name }) => hook_event_name === hook && tool_name === tool,
	);
	if (payload === undefined) throw new Error(`no ${hook} ${tool} in ${recorded}`);
	return { script, title, payload };
}

if (process.argv[1] === import.meta.filename) console.log(await run());
