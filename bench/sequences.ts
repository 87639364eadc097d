// Searching for sequences in the worker: rows read, sequences found, rows written. Time has to grow
// with the calls and no faster, beside what SQLite takes to put the same calls in order.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { inProject } from "../scripts/paths.ts";
import { TelemetryStore } from "../src/telemetry/storage/store.ts";
import { sqlJs } from "../test/support/telemetry/telemetry.ts";
import type { SearchReport } from "./host/sequencesProbe.ts";

const SIZES = [100_000, 300_000, 1_000_000];
const FUNCTIONS = 400;
const HABITS = 300;
const CALLS_OF_AGENT = 80;
const AGENTS_OF_SESSION = 3;

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	try {
		const rows: string[] = [];
		for (const size of SIZES) rows.push(await row(folder, size));
		return [
			"Search for sequences in the worker; under 3 s and 300 MB more at 1,000,000 calls",
			"",
			"| calls | sequences | search, ms | CPU, ms | CPU µs a call | again, ms (rows changed) | loaded, MiB | at most more, MiB | ORDER BY of SQLite, ms |",
			`|${" ---: |".repeat(9)}`,
			...rows,
		].join("\n");
	} finally {
		rmSync(folder, { recursive: true });
	}
}

async function row(folder: string, size: number): Promise<string> {
	const file = path.join(folder, `${size}.db`);
	writeFileSync(file, await database(size));
	const probe = inProject("bench", "host", "sequencesProbe.ts");
	const eventsFile = path.join(folder, "none.jsonl");
	const output = execFileSync(process.execPath, [probe, file, eventsFile], { encoding: "utf8" });
	const report = JSON.parse(output) as SearchReport;
	const { calls, sequences, searchMs, cpuMs, againMs, changedAgain, loadedMiB, peakMiB } = report;
	const sortMs = await sorted(readFileSync(file));
	return `| ${[
		calls.toLocaleString("en-US"),
		sequences.toLocaleString("en-US"),
		`**${searchMs.toFixed(0)}**`,
		cpuMs.toFixed(0),
		((cpuMs * 1000) / calls).toFixed(2),
		`${againMs.toFixed(0)} (${changedAgain})`,
		loadedMiB.toFixed(0),
		`**${(peakMiB - loadedMiB).toFixed(0)}**`,
		sortMs.toFixed(0),
	].join(" | ")} |`;
}

/** What it takes to have the same rows in the order of their agents, without anything found. */
async function sorted(bytes: Uint8Array): Promise<number> {
	const store = new TelemetryStore(await sqlJs(), bytes, Date.now, "read");
	const statement = store.database.prepare(
		`SELECT session_id, agent_id, function_id, ts, success, duration_ms FROM calls
			ORDER BY session_id, agent_id, ts, rowid`,
	);
	const startedAt = performance.now();
	while (statement.step()) statement.get();
	const took = performance.now() - startedAt;
	statement.free();
	store.close();
	return took;
}

/** Agents with habits of two to six steps, and single calls between them; some functions are common. */
async function database(size: number): Promise<Uint8Array> {
	const store = new TelemetryStore(await sqlJs(), null);
	const random = numbers();
	const common = (count: number): number => Math.floor(count * random() ** 3);
	const habits = Array.from({ length: HABITS }, () =>
		Array.from({ length: 2 + Math.floor(random() * 5) }, () => common(FUNCTIONS)),
	);
	const insert = store.database.prepare(
		`INSERT INTO calls (tool_use_id, ts, session_id, agent_id, function_id, tool_used, duration_ms,
			success, source) VALUES (?, ?, ?, ?, ?, 'Bash', ?, ?, 'hook')`,
	);
	let steps: number[] = [];
	store.transaction(() => {
		for (let call = 0; call < size; call++) {
			if (steps.length === 0) {
				steps = random() < 0.7 ? [...(habits[common(HABITS)] ?? [])] : [common(FUNCTIONS)];
			}
			const agent = Math.floor(call / CALLS_OF_AGENT);
			insert.run([
				`toolu_01${String(call).padStart(22, "0")}`,
				1.7e12 + call * 700,
				`5b0c27f2-3a6e-4d51-9f0e-${String(Math.floor(agent / AGENTS_OF_SESSION)).padStart(12, "0")}`,
				agent % AGENTS_OF_SESSION === 0 ? null : `a${String(agent).padStart(16, "0")}`,
				`bash:program-${steps.shift() ?? 0}`,
				Math.floor(random() * 60_000) / 10,
				random() < 0.93 ? 1 : 0,
			]);
		}
	});
	insert.free();
	const bytes = store.export();
	store.close();
	return bytes;
}

/** The same numbers from 0 to 1 in every run. */
function numbers(): () => number {
	let state = 1;
	return () => {
		state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
		return state / 2 ** 32;
	};
}

if (process.argv[1] === import.meta.filename) console.log(await run());
