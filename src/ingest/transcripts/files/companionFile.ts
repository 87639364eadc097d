import { constants } from "node:fs";
import { open } from "node:fs/promises";
import * as path from "node:path";
import type { LineProblem } from "../../../model/events/lineProblem.ts";
import type { LineWork } from "../lineWork.ts";
import type { Findings } from "../port.ts";
import { type FileStamp, isSameStamp, toStamp } from "./fileStamp.ts";

/** Largest one that is read, in bytes. */
const MAX_BYTES = 256 * 1024;
/** One may be caught half-written; when it was not touched for so long it is whole, in ms. */
const HALF_WRITTEN_MS = 2000;

const NOTHING: Findings = { records: [], problems: [] };

/** A small file that says more of a transcript. */
export class CompanionFile {
	/** Absolute. */
	readonly path: string;
	/** Whether it is to be read before the transcript's next lines. */
	isDue = true;
	readonly #relativePath: string;
	/** When it was read last. */
	#stamp: FileStamp | null = null;
	/** What was wrong with it, which is told only once it stays so. */
	#problem: LineProblem | null = null;

	constructor(root: string, relativePath: string) {
		this.path = path.join(root, relativePath);
		this.#relativePath = relativePath;
	}

	/** The transcript has a new reader, which has to be told of it again. */
	forget(): void {
		this.#stamp = null;
		this.isDue = true;
	}

	/** Whether it is another one than was read, or no good although long written. */
	hasNews(stamp: FileStamp, now: number): boolean {
		if (!isSameStamp(stamp, this.#stamp)) return true;
		return this.#problem !== null && now - stamp.modifiedAt > HALF_WRITTEN_MS;
	}

	/** Reads it if it is there and was not read as it is now. */
	async read(work: LineWork, now: number): Promise<Findings> {
		this.isDue = false;
		const found = await readSmall(this.path);
		if (found === null || !this.hasNews(found.stamp, now)) return NOTHING;
		if (isSameStamp(found.stamp, this.#stamp))
			return { records: [], problems: this.#takeProblem() };
		this.#stamp = found.stamp;
		const { records, problems } = await work.companion(this.#relativePath, found.text);
		this.#problem = problems[0] ?? null;
		const staysSo = now - found.stamp.modifiedAt > HALF_WRITTEN_MS;
		return { records, problems: staysSo ? this.#takeProblem() : [] };
	}

	#takeProblem(): LineProblem[] {
		const problem = this.#problem;
		this.#problem = null;
		return problem === null ? [] : [problem];
	}
}

async function readSmall(file: string): Promise<{ text: string; stamp: FileStamp } | null> {
	try {
		// As in a transcript's place, a named pipe would hold up whoever opens it.
		const handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
		try {
			const stats = await handle.stat({ bigint: true });
			if (!stats.isFile()) return null;
			const stamp = toStamp(stats);
			return stamp.size > MAX_BYTES ? null : { text: await handle.readFile("utf8"), stamp };
		} finally {
			await handle.close();
		}
	} catch {
		// It comes later, or never.
		return null;
	}
}
