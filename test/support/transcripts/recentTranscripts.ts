import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const TIMESTAMP = /"timestamp":"([^"]+)"/g;

/** Copies transcripts as if the last line of them had just been written. */
export function copyRecent(from: string, to: string): void {
	cpSync(from, to, { recursive: true });
	const files = globSync("**/*.jsonl", { cwd: to }).map((file) => join(to, file));
	const texts = files.map((file) => readFileSync(file, "utf8"));
	const times = texts.flatMap((text) => [...text.matchAll(TIMESTAMP)].map(([, at = ""]) => at));
	const shift = Date.now() - Math.max(...times.map((at) => Date.parse(at)));
	for (const [index, file] of files.entries()) {
		const text = texts[index]?.replace(TIMESTAMP, (_, at: string) => {
			const shifted = new Date(Date.parse(at) + shift).toISOString();
			return `"timestamp":"${shifted}"`;
		});
		writeFileSync(file, text ?? "");
	}
}
