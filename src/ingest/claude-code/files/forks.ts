import { createReadStream } from "node:fs";
import { open, readdir, stat } from "node:fs/promises";
import * as path from "node:path";
import { ownText } from "../../../model/ownText.ts";
import { isRecord, LineSplitter } from "../../files/lineSplitter.ts";
import { asObject } from "../../kit/raw.ts";
import type { Line } from "../lines.ts";
import { shortened } from "../selection/shortened.ts";

/** Where the first line with an id ends at the latest: a pasted prompt stands before its id. */
const HEAD_BYTES = [16 * 1024, 1024 * 1024];
const MAX_LINE_BYTES = 16 * 1024 * 1024;
/** So many ids at the beginning of a file tell what others begin with: a fork may have a line of its own first. */
const HEAD_IDS = 8;
/** Files whose lines are remembered; a family has a few. */
const REMEMBERED = 64;
/** A file that was written so long after its last line happened holds copies of it alone, ms. */
const LATE_MS = 60_000;
const UUID = /"uuid":\s?"([^"\\]{1,128})"/;
const PARENT = /"(?:parentUuid|logicalParentUuid)":\s?"/;
const TIMESTAMP = /"timestamp":\s?"([^"\\]{1,40})"/;

/** How a transcript begins. */
interface Head {
	/** Of its first lines. */
	readonly ids: readonly string[];
	/** When the first of them happened, ms since the epoch; null where it does not say. */
	readonly at: number | null;
	/** Its first line goes on from one that stands elsewhere, as in a fork of a session that was compacted. */
	readonly isBegun: boolean;
}

const NO_HEAD: Head = { ids: [], at: null, isBegun: false };

/** The lines of one transcript. */
interface Lines {
	/** When each happened, ms since the epoch, by its uuid. */
	readonly times: ReadonlyMap<string, number>;
	/** ms since the epoch */
	readonly lastAt: number;
	readonly modifiedAt: number;
}

/**
 * Tells which lines of a session's file were copied from an older one: a client that goes on with a
 * session in a new file, or forks it, writes all that was said before into it once more, under the new
 * id and without a mark. Only the ids of the lines are the same.
 */
export class Forks {
	/** By folder: what it held when it was changed last, and how its files begin. */
	readonly #folders = new Map<string, { changedAt: number; heads: Map<string, Head> }>();
	readonly #lines = new Map<string, { size: number; lines: Lines }>();

	/**
	 * @param file of a session, absolute
	 * @returns ids of lines that belong to older sessions; null where there are none
	 */
	async copiedInto(file: string): Promise<ReadonlySet<string> | null> {
		try {
			const heads = await this.#headsBeside(file);
			const family = familyOf(file, heads);
			const origins = await originsOf(file, heads, family);
			if (family.length + origins.length === 0) return null;
			const own = await this.#linesOf(file);
			const copied = new Set<string>();
			for (const other of [...origins, ...family]) {
				const lines = await this.#linesOf(other);
				if (!origins.includes(other) && !isOlder([other, lines], [file, own])) continue;
				for (const id of lines.times.keys()) copied.add(id);
			}
			return copied.size === 0 ? null : copied;
		} catch {
			// Whatever can not be read just now has no say in this.
			return null;
		}
	}

	/** How the files of sessions in its folder begin, its own too. */
	async #headsBeside(file: string): Promise<ReadonlyMap<string, Head>> {
		const folder = path.dirname(file);
		const { mtimeMs: changedAt } = await stat(folder);
		let known = this.#folders.get(folder);
		if (known?.changedAt !== changedAt) {
			known = { changedAt, heads: await headsIn(folder, known?.heads ?? new Map()) };
			this.#folders.set(folder, known);
		}
		const own = known.heads.get(file) ?? NO_HEAD;
		if (own.ids.length === 0) known.heads.set(file, await headOf(file));
		return known.heads;
	}

	async #linesOf(file: string): Promise<Lines> {
		const { size, mtimeMs } = await stat(file);
		const known = this.#lines.get(file);
		if (known?.size === size) return known.lines;
		const lines = await readLines(file, mtimeMs);
		this.#lines.delete(file);
		this.#lines.set(file, { size, lines });
		const [oldest = ""] = this.#lines.keys();
		if (this.#lines.size > REMEMBERED) this.#lines.delete(oldest);
		return lines;
	}
}

/** Other files that begin with lines that it begins with. */
function familyOf(file: string, heads: ReadonlyMap<string, Head>): string[] {
	const own = new Set(heads.get(file)?.ids);
	return [...heads].flatMap(([other, { ids }]) =>
		other !== file && ids.some((id) => own.has(id)) ? [other] : [],
	);
}

/** Others that hold the line within them which it begins with. */
async function originsOf(
	file: string,
	heads: ReadonlyMap<string, Head>,
	family: readonly string[],
): Promise<string[]> {
	const { ids, at, isBegun } = heads.get(file) ?? NO_HEAD;
	const [first] = ids;
	if (!isBegun || first === undefined || at === null) return [];
	const found: string[] = [];
	for (const [other, head] of heads) {
		if (other === file || family.includes(other) || (head.at ?? at) > at) continue;
		if ((await stat(other)).mtimeMs >= at && (await holds(other, first))) found.push(other);
	}
	return found;
}

async function holds(file: string, text: string): Promise<boolean> {
	let rest = Buffer.alloc(0);
	for await (const chunk of createReadStream(file)) {
		const bytes = Buffer.concat([rest, chunk as Buffer]);
		if (bytes.includes(text)) return true;
		rest = bytes.subarray(Math.max(0, bytes.length - text.length));
	}
	return false;
}

/** Whether the first of two files with common lines is the one that they were copied from. */
function isOlder([one, a]: [string, Lines], [other, b]: [string, Lines]): boolean {
	const [ownA, ownB] = [firstOwn(a, b), firstOwn(b, a)];
	// Each went on: the copy did so when it was made, the other either before or later.
	if (ownA !== null && ownB !== null && ownA !== ownB) return ownA < ownB;
	if ((ownA === null) === (ownB === null)) {
		return a.modifiedAt === b.modifiedAt ? one < other : a.modifiedAt < b.modifiedAt;
	}
	// One is all in the other: it is the older, but where it has just been made as a copy.
	const isCopy = (lines: Lines) => lines.modifiedAt - lines.lastAt > LATE_MS;
	return ownA === null ? !isCopy(a) || isCopy(b) : isCopy(b) && !isCopy(a);
}

/** When the first line happened that the other does not have; null where it has all. */
function firstOwn(lines: Lines, other: Lines): number | null {
	for (const [id, at] of lines.times) if (!other.times.has(id)) return at;
	return null;
}

/** How each session's file in a folder begins, by path; {@link NO_HEAD} while there is nothing. */
async function headsIn(
	folder: string,
	before: ReadonlyMap<string, Head>,
): Promise<Map<string, Head>> {
	const heads = new Map<string, Head>();
	for (const name of await readdir(folder)) {
		if (!name.endsWith(".jsonl") || name.startsWith("agent-")) continue;
		const file = path.join(folder, name);
		const known = before.get(file) ?? NO_HEAD;
		heads.set(file, known.ids.length > 0 ? known : await headOf(file));
	}
	return heads;
}

async function headOf(file: string): Promise<Head> {
	try {
		const handle = await open(file);
		try {
			for (const length of HEAD_BYTES) {
				const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, 0);
				const head = headIn(buffer.toString("latin1", 0, bytesRead));
				if (head.ids.length > 0) return head;
				if (bytesRead < length) break;
			}
			return NO_HEAD;
		} finally {
			await handle.close();
		}
	} catch {
		return NO_HEAD;
	}
}

function headIn(text: string): Head {
	const lines = text.split("\n").filter((line) => UUID.test(line));
	const ids = lines.slice(0, HEAD_IDS).map((line) => ownText(UUID.exec(line)?.[1] ?? ""));
	const [first = ""] = lines;
	const at = Date.parse(TIMESTAMP.exec(first)?.[1] ?? "");
	return { ids, at: Number.isNaN(at) ? null : at, isBegun: PARENT.test(first) };
}

async function readLines(file: string, modifiedAt: number): Promise<Lines> {
	const times = new Map<string, number>();
	let lastAt = 0;
	const splitter = new LineSplitter(
		{
			line: (text) => {
				if (!UUID.test(text)) return;
				const { uuid, timestamp } = lineIn(text) ?? {};
				const at = typeof timestamp === "string" ? Date.parse(timestamp) : Number.NaN;
				if (typeof uuid !== "string" || Number.isNaN(at)) return;
				times.set(uuid, at);
				lastAt = Math.max(lastAt, at);
			},
			// This may be the thread that writes the database: of a line it parses no more than it asks for.
			select: shortened,
			tooLong: () => {},
		},
		MAX_LINE_BYTES,
	);
	for await (const chunk of createReadStream(file)) splitter.push(chunk as Buffer);
	splitter.end(isRecord, 0);
	return { times, lastAt, modifiedAt };
}

function lineIn(text: string): Line | null {
	try {
		return asObject(JSON.parse(text));
	} catch {
		return null;
	}
}
