// What deriving facts from calls costs, for each kind of call and for a mix of them.

import { readFileSync } from "node:fs";
import { inProject } from "../scripts/paths.ts";
import { FactDeriver } from "../src/facts/factDeriver.ts";
import type { TranscriptRecord } from "../src/model/events/record.ts";
import { readWasm } from "../test/support/facts/grammars.ts";
import { result, use } from "../test/support/facts/records.ts";

const ROUNDS = 5;
const CALLS = 2000;
const SCRIPT = readFileSync(inProject("bench", "facts.ts"), "utf8");
const LINES = [
	"cd /home/dev/app && timeout 100 npm test -- --grep 'foo bar' 2>&1 | tail -20; echo done",
	"git -C app log --oneline | head -5",
	'for f in src/*.ts; do grep -n "TODO" "$f" || true; done',
	"docker compose up -d && docker ps --format '{{.Names}}'",
];
const PYTHON =
	"import json\nrows = json.load(open('a.json'))\nfor row in rows:\n    print(row['x'])\n";

/** Calls a second by kind, median of the rounds; gives back a Markdown table. */
export async function run(): Promise<string> {
	const outputs = readFileSync(inProject("test", "fixtures", "testRuns", "pytest.txt"), "utf8");
	const kinds: readonly (readonly [string, (index: number) => TranscriptRecord])[] = [
		["Read", (index) => use(`c${index}`, { tool: "Read", input: { file_path: `/x/${index}` } })],
		["Write of 2 KB", (index) => use(`c${index}`, written(index))],
		["shell command", (index) => use(`c${index}`, command(LINES[index % LINES.length] ?? ""))],
		["heredoc of 5 lines", (index) => use(`c${index}`, command(heredoc(PYTHON, index)))],
		["heredoc of 3 KB", (index) => use(`c${index}`, command(heredoc(SCRIPT, index, "tsx")))],
		[
			"result of 20 tests",
			(index) => result(`c${index}`, { ...command("pytest -v"), output: outputs }),
		],
		[
			"result of 30 KB",
			(index) =>
				result(`c${index}`, { ...command("npm test"), output: SCRIPT.repeat(9).slice(0, 30_000) }),
		],
	];
	const rows: string[] = [];
	for (const [name, make] of kinds) {
		const times: number[] = [];
		for (let round = 0; round < ROUNDS; round++) times.push(await timeOf(make));
		const us = (median(times) / CALLS) * 1000;
		rows.push(`| ${name} | ${us.toFixed(0)} | ${Math.round(1e6 / us).toLocaleString("en-US")} |`);
	}
	return [
		`Facts of ${CALLS.toLocaleString("en-US")} calls of each kind, median of ${ROUNDS} (a Bash call under 1,000 µs)`,
		"",
		"| | µs a call | calls a second |",
		"| --- | ---: | ---: |",
		...rows,
	].join("\n");
}

async function timeOf(make: (index: number) => TranscriptRecord): Promise<number> {
	const deriver = new FactDeriver({ readWasm });
	const warm = make(0);
	await deriver.prepare([warm]);
	deriver.derive(warm);
	const records = Array.from({ length: CALLS }, (_, index) => make(index));
	const startedAt = performance.now();
	await deriver.prepare(records);
	for (const record of records) deriver.derive(record);
	const took = performance.now() - startedAt;
	if (deriver.failures > 0) throw new Error(`${deriver.failures} calls without facts`);
	deriver.dispose();
	return took;
}

function command(line: string) {
	return { input: { command: line, description: "what it is for" } };
}

function heredoc(body: string, index: number, program = "python3"): string {
	return `${program} - <<'EOF'\n${body}\n# ${index}\nEOF`;
}

function written(index: number) {
	return { tool: "Write", input: { file_path: `/x/${index}.ts`, content: SCRIPT.slice(0, 2000) } };
}

function median(values: readonly number[]): number {
	return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
