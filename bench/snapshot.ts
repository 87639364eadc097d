// A snapshot of ten thousand generated files, cold and when nothing has changed, beside ctags.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { GitRepository } from "../test/support/functions/gitRepository.ts";
import { newSnapshotLab } from "../test/support/functions/snapshots.ts";

const FILES = 10_000;
const ROUNDS = 3;
/** A timer tells the longest time that anyone else in the thread had to wait. */
const TICK_MS = 5;

/** Gives back a Markdown table. */
export async function run(): Promise<string> {
	const folder = mkdtempSync(path.join(tmpdir(), "agent-live-graph-bench-"));
	try {
		const { root } = new GitRepository(folder).write(Object.fromEntries(files()));
		const lab = await newSnapshotLab();
		const cold = await timed(() => lab.take(root));
		const warm: number[] = [];
		for (let round = 0; round < ROUNDS; round++) warm.push((await timed(() => lab.take(root))).ms);
		await lab.dispose();
		const tags = ctags(root);
		const best = Math.min(...warm);
		return [
			`${FILES.toLocaleString("en-US")} files of eight languages, ${cold.value.functions.toLocaleString("en-US")} functions`,
			"",
			"| | s |",
			"| --- | ---: |",
			`| snapshot, cold (under 30) | **${(cold.ms / 1000).toFixed(1)}** |`,
			`| snapshot, nothing changed (under 3), best of ${ROUNDS} | **${(best / 1000).toFixed(2)}** |`,
			`| times faster when nothing changed | **${(cold.ms / best).toFixed(0)}** |`,
			`| longest wait for the thread that keeps the database, cold | ${(cold.longest / 1000).toFixed(2)} |`,
			tags === null
				? "| ctags -R is not installed here | – |"
				: `| ctags -R, names and lines only | ${(tags / 1000).toFixed(1)} |`,
		].join("\n");
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function timed<Value>(act: () => Promise<Value>) {
	let last = performance.now();
	let longest = 0;
	const timer = setInterval(() => {
		longest = Math.max(longest, performance.now() - last - TICK_MS);
		last = performance.now();
	}, TICK_MS);
	const startedAt = performance.now();
	const value = await act();
	clearInterval(timer);
	return { value, longest, ms: performance.now() - startedAt };
}

function ctags(root: string): number | null {
	const startedAt = performance.now();
	const { status } = spawnSync("ctags", ["-R", "-f", "/dev/null", root], { stdio: "ignore" });
	return status === 0 ? performance.now() - startedAt : null;
}

/** Six functions a file of some sixty lines, each another. */
function* files(): Generator<[string, string]> {
	for (let index = 0; index < FILES; index++) {
		const [ending, write] = LANGUAGES[index % LANGUAGES.length] ?? TYPESCRIPT;
		const functions = Array.from({ length: 6 }, (_, each) => write(`${index}_${each}`));
		const head = ending === "php" ? "<?php\n" : ending === "go" ? "package p\n" : "";
		yield [`d${index % 100}/f${index}.${ending}`, head + functions.join("\n")];
	}
}

type Write = (id: string) => string;

/** Statements that are the same in all languages with braces. */
function body(id: string): string {
	const lines = Array.from({ length: 5 }, (_, line) => `\tstep${line}(x, "${id}", ${line});`);
	return `${lines.join("\n")}\n\tif (x > ${id.replace("_", "")}) {\n\t\treturn other(x);\n\t}\n\treturn x;\n`;
}

const TYPESCRIPT: readonly [string, Write] = [
	"ts",
	(id) => `export function f${id}(x: number): number {\n${body(id)}}\n`,
];
const LANGUAGES: readonly (readonly [string, Write])[] = [
	TYPESCRIPT,
	["js", (id) => `const f${id} = (x) => {\n${body(id)}};\n`],
	["go", (id) => `func f${id}(x int) int {\n${body(id)}}\n`],
	["java", (id) => `class C${id} {\nint f(int x) {\n${body(id)}}\n}\n`],
	["rs", (id) => `fn f${id}(x: i32) -> i32 {\n${body(id)}}\n`],
	["cpp", (id) => `int f${id}(int x) {\n${body(id)}}\n`],
	["cs", (id) => `class C${id} {\nint F(int x) {\n${body(id)}}\n}\n`],
	[
		"py",
		(id) =>
			`def f${id}(x):\n${body(id)
				.replace(/[;{}]|\n\t}/g, "")
				.replace(")\n\t\t", "):\n\t\t")}`,
	],
];
