// Entry of a parsing thread: one task after the other, for as long as its pool keeps it.
import { readFile } from "node:fs/promises";
import * as path from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { shareBaselineLock } from "../../facts/baselineCode.ts";
import { gitBlob } from "../gitBlob.ts";
import type { FromParser, ParsedFile, ParseTask, SourceFile, ToParser } from "./parserProtocol.ts";
import { SourceParser } from "./sourceParser.ts";

const { wasmFolder, lock } = workerData as { wasmFolder: string; lock: SharedArrayBuffer };
shareBaselineLock(lock);
const parser = new SourceParser((fileName) => readFile(path.join(wasmFolder, fileName)));

parentPort?.on("message", ({ id, task }: ToParser) => {
	void answersTo(task).then((answers) => {
		parentPort?.postMessage({ id, answers } satisfies FromParser);
	});
});

async function answersTo(task: ParseTask): Promise<ParsedFile[]> {
	if (task.kind === "text") {
		return [{ blob: "", functions: await parser.parse(task.language, task.text) }];
	}
	const answers: ParsedFile[] = [];
	for (const file of task.files) answers.push(await parsed(file, task.format));
	return answers;
}

async function parsed(file: SourceFile, format: "sha1" | "sha256"): Promise<ParsedFile> {
	try {
		const content = await readFile(file.path);
		const blob = gitBlob(content, format);
		if (blob === file.knownBlob) return { blob, functions: null };
		return { blob, functions: await parser.parse(file.language, content.toString("utf8")) };
	} catch {
		// It may have gone since it was listed.
		return { blob: "", functions: null };
	}
}
