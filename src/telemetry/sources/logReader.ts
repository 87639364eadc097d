import { type BigIntStats, readdirSync, statSync } from "node:fs";
import * as path from "node:path";
import { LogLines } from "../../ingest/eventLog/logLines.ts";
import { EventTail, type TailStatus } from "../../ingest/files/eventTail.ts";
import type { FilePosition } from "../../ingest/files/tailedFile.ts";
import type { AgentEvent } from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { IngestCursor } from "../storage/store.ts";

/** Events that go into one transaction. */
const BATCH_EVENTS = 5000;
/** How long after a renaming a process may still write to the old file, in ms. */
const LATE_WRITER_MS = 60_000;
const LATE_LOOK_MS = 5000;

/** What stands between two cursors of a log. */
export interface LogBatch {
	readonly events: readonly AgentEvent[];
	readonly problems: readonly LineProblem[];
	readonly cursor: IngestCursor;
}

export interface ByteProgress {
	readonly bytesDone: number;
	readonly bytesTotal: number;
}

interface LogReaderOptions {
	readonly eventsFile: string;
	/** Where a source was read to; null when it never was. */
	readonly cursor: (source: string) => IngestCursor | null;
	/** Takes in a batch and its cursor, both or none. */
	readonly onBatch: (batch: LogBatch) => void;
	readonly onStatus?: (status: TailStatus) => void;
}

/**
 * Hands out the event log in batches, each with the place behind it: first the logs that were
 * renamed (rotated) as far as they are not read, then the present one, which it follows.
 */
export class LogReader {
	readonly #options: LogReaderOptions;
	#events: AgentEvent[] = [];
	#problems: LineProblem[] = [];
	#tail: EventTail | null = null;
	#isDisposed = false;
	#late: NodeJS.Timeout | undefined;
	#lateUntil = 0;
	#doneBytes = 0;
	#totalBytes = 0;
	#current: Promise<void> = Promise.resolve();

	constructor(options: LogReaderOptions) {
		this.#options = options;
	}

	/** Reads everything up to the present end, then follows. */
	start(): Promise<void> {
		this.#totalBytes = 0;
		for (const file of logFiles(this.#options.eventsFile)) this.#totalBytes += sizeOf(file);
		this.#current = this.#start();
		return this.#current;
	}

	/** Of what there was to read at the start. */
	get progress(): ByteProgress {
		const read = this.#doneBytes + (this.#tail?.status.offset ?? 0);
		return { bytesDone: Math.min(read, this.#totalBytes), bytesTotal: this.#totalBytes };
	}

	get status(): TailStatus | null {
		return this.#tail?.status ?? null;
	}

	/** Nothing of the present log stands behind the last whole line that was read. */
	get isAtLineEnd(): boolean {
		return this.#tail !== null && this.#tail.position?.offset === this.#tail.status.size;
	}

	/** Reads to the present end. */
	async catchUp(): Promise<void> {
		await this.#current;
		await this.#tail?.look();
	}

	async dispose(): Promise<void> {
		this.#isDisposed = true;
		clearInterval(this.#late);
		await this.#tail?.dispose();
		await this.#current;
	}

	async #start(): Promise<void> {
		await this.#readRotated();
		if (this.#isDisposed) return;
		const { eventsFile } = this.#options;
		const tail = this.#newTail(eventsFile, this.#position(eventsFile), true);
		this.#tail = tail;
		await tail.look();
	}

	/** Reads on in every log that was renamed, and in the one that was the present one last time. */
	async #readRotated(): Promise<void> {
		const { eventsFile, cursor } = this.#options;
		const last = cursor(sourceOf(eventsFile));
		for (const file of rotatedFiles(eventsFile, last?.fileIdentity ?? null)) {
			if (this.#isDisposed) return;
			const known = this.#position(file);
			const start =
				known ?? (last !== null && isOf(file, last.fileIdentity) ? toPosition(last) : null);
			const size = sizeOf(file);
			if (known === null || size !== known.offset || !isOf(file, known.identity)) {
				await this.#readOnce(file, start);
			}
			this.#doneBytes += size;
		}
	}

	async #readOnce(file: string, start: FilePosition | null): Promise<void> {
		const tail = this.#newTail(file, start, false);
		const previous = this.#tail;
		this.#tail = tail;
		await tail.look();
		this.#tail = previous;
		await tail.dispose();
	}

	#newTail(file: string, start: FilePosition | null, isFollowing: boolean): EventTail {
		const known = this.#options.cursor(sourceOf(file));
		const log = new LogLines(known?.byteOffset === start?.offset ? known?.lastTs : 0);
		const tail: EventTail = new EventTail(
			file,
			{
				line: (text) => this.#line(log.read(text)),
				problem: (problem) => this.#problems.push(problem),
				status: (status) => {
					const isFull = this.#events.length >= BATCH_EVENTS;
					const position = tail.position;
					if (position !== null && (isFull || status.state !== "reading")) {
						this.#flush(file, position, log.lastTs);
					}
					if (isFollowing) this.#options.onStatus?.(status);
				},
				replaced: (left) => this.#replaced(file, left, log.lastTs),
			},
			{ start, isFollowing },
		);
		return tail;
	}

	#line(event: AgentEvent | LineProblem): void {
		if (typeof event === "string") this.#problems.push(event);
		else this.#events.push(event);
	}

	#flush(file: string, { identity, offset }: FilePosition, lastTs: number): void {
		const source = sourceOf(file);
		const known = this.#options.cursor(source);
		if (known?.fileIdentity === identity && known.byteOffset === offset) return;
		const batch = { events: this.#events, problems: this.#problems };
		this.#events = [];
		this.#problems = [];
		this.#options.onBatch({
			...batch,
			cursor: { source, fileIdentity: identity, byteOffset: offset, lastTs },
		});
	}

	/** The file has another name now; what its last writers still add is read for a while. */
	#replaced(file: string, left: FilePosition, lastTs: number): void {
		const renamed = rotatedFiles(file, left.identity).find((other) => isOf(other, left.identity));
		this.#flush(renamed ?? file, left, lastTs);
		this.#lateUntil = Date.now() + LATE_WRITER_MS;
		clearInterval(this.#late);
		this.#late = setInterval(() => {
			if (Date.now() > this.#lateUntil) clearInterval(this.#late);
			this.#current = this.#current.then(() => this.#readRotated());
		}, LATE_LOOK_MS);
	}

	#position(file: string): FilePosition | null {
		const cursor = this.#options.cursor(sourceOf(file));
		return cursor === null ? null : toPosition(cursor);
	}
}

export function sourceOf(file: string): string {
	return `events:${file}`;
}

/** Every log that there is: the renamed ones in order, then the present one. */
export function logFiles(eventsFile: string): string[] {
	return [...rotatedFiles(eventsFile, null), eventsFile];
}

/**
 * Logs named like the present one with a time in between, in order, and whichever file of the
 * folder has the identity.
 */
function rotatedFiles(eventsFile: string, identity: string | null): string[] {
	const { dir, base, name, ext } = path.parse(eventsFile);
	let names: string[];
	try {
		names = readdirSync(dir);
	} catch {
		return [];
	}
	const isRotated = (other: string): boolean =>
		other.length > base.length + 1 && other.startsWith(`${name}.`) && other.endsWith(ext);
	const isMeant = (other: string): boolean =>
		isRotated(other) || (identity !== null && isOf(path.join(dir, other), identity));
	return names
		.filter((other) => other !== base && isMeant(other))
		.map((other) => path.join(dir, other))
		.sort();
}

export function isOf(file: string, identity: string): boolean {
	const stats = statsOf(file);
	return stats !== null && identity.startsWith(`${stats.dev}:${stats.ino}:`);
}

/** In bytes; 0 where there is no such file. */
export function sizeOf(file: string): number {
	return Number(statsOf(file)?.size ?? 0);
}

function statsOf(file: string): BigIntStats | null {
	try {
		return statSync(file, { bigint: true });
	} catch {
		return null;
	}
}

function toPosition({ fileIdentity, byteOffset }: IngestCursor): FilePosition {
	return { identity: fileIdentity, offset: byteOffset };
}
