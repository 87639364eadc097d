import { parseLine } from "../../../../src/ingest/eventLog/parseLine.ts";
import type { Findings, TranscriptReader } from "../../../../src/ingest/transcripts/port.ts";
import type { AgentEvent } from "../../../../src/model/events/events.ts";
import type { LineProblem } from "../../../../src/model/events/lineProblem.ts";
import { fileOf, understood, unpriced } from "../../transcripts/recordedRun.ts";
import type { History, HistoryFile } from "../history.ts";
import type { LogLine } from "../simulation/hookWriter.ts";
import { Random } from "../simulation/random.ts";
import type { Mode } from "../truth.ts";

/** Hooks that run at the same time overtake each other by less than this, ms. */
const OVERTAKING_MS = 90;

/** One line, to be read when its turn comes. */
interface Item {
	readonly ts: number;
	readonly read: () => readonly AgentEvent[];
}

/** What was read, and how. */
export interface Reading {
	readonly events: readonly AgentEvent[];
	/** For whoever has to find out why a test fails. */
	readonly way: string;
}

/**
 * The events of a history as the product may come by them: the log and all files, each in its own
 * order, interleaved as the seed chooses. Hooks may have overtaken each other; what stands beside a file
 * may be read at any point; the log may be read again from anywhere, and a file from its beginning.
 */
export function readIn(history: History, mode: Mode, orderSeed: number): Reading {
	const random = new Random(orderSeed);
	const queues: Item[][] = [];
	const notes: string[] = [];
	if (mode !== "transcripts") queues.push(logItems(history.log, random, notes));
	if (mode !== "hooks") {
		for (const file of history.files) queues.push(fileItems(file, random, notes));
	}
	const way = random.weighted<Way>({ live: 20, whole: 30, runs: 20, mixed: 30 });
	const items = interleave(queues, way, random);
	return {
		events: items.flatMap((item) => [...item.read()]),
		way: [way, ...notes].join(", "),
	};
}

function logItems(log: readonly LogLine[], random: Random, notes: string[]): Item[] {
	const isOvertaking = random.chance(0.6);
	if (isOvertaking) notes.push("hooks overtake each other");
	const lines = isOvertaking ? overtaking(log, random) : log;
	const items = lines.map(({ ts, text }): Item => ({ ts, read: () => [good(parseLine(text))] }));
	if (!random.chance(0.25)) return items;
	const from = random.chance(0.5) ? 0 : random.whole(0, items.length);
	notes.push(`the log is read again from line ${from}`);
	return [...items, ...items.slice(from)];
}

/** Swaps neighbours that nobody waited for. */
function overtaking(log: readonly LogLine[], random: Random): readonly LogLine[] {
	const lines = [...log];
	for (let round = random.whole(1, 4); round > 0; round--) {
		for (let index = 1; index < lines.length; index++) {
			const [one, other] = [lines[index - 1], lines[index]];
			if (one === undefined || other === undefined || !random.chance(0.4)) continue;
			if (!maySwap(one, other)) continue;
			lines[index - 1] = other;
			lines[index] = one;
		}
	}
	return lines;
}

function maySwap(one: LogLine, other: LogLine): boolean {
	if (Math.abs(one.ts - other.ts) >= OVERTAKING_MS) return false;
	if (one.lane !== null && one.lane === other.lane) return false;
	// A line that names no session may be of any.
	const isSame = one.session === "" || other.session === "" || one.session === other.session;
	return !isSame || !(one.isBarrier || other.isBarrier);
}

function fileItems(file: HistoryFile, random: Random, notes: string[]): Item[] {
	const items = readingOf(file, random);
	if (!random.chance(0.2)) return items;
	notes.push(`${file.path.slice(file.path.lastIndexOf("/") + 1)} is read twice`);
	return [...items, ...readingOf(file, random)];
}

/** One reading of a file, by a reader of its own. */
function readingOf({ path, lines, meta }: HistoryFile, random: Random): Item[] {
	let reader: TranscriptReader | null = null;
	const own = (): TranscriptReader => {
		const file = fileOf(path, lines[0]?.text);
		if (file === null) throw new Error(`no transcript: ${path}`);
		reader ??= unpriced.newReader(file);
		return reader;
	};
	const items = lines.map(
		({ ts, text }): Item => ({ ts, read: () => recordsOf(own().line(text)) }),
	);
	if (meta === null) return items;
	const at = random.pick([0, random.whole(0, items.length), items.length]);
	const ts = items[at]?.ts ?? items.at(-1)?.ts ?? 0;
	const beside = {
		ts,
		read: () => recordsOf(own().companion(path.replace(/jsonl$/, "meta.json"), meta)),
	};
	return [...items.slice(0, at), beside, ...items.slice(at)];
}

/**
 * - `live`: as it was written
 * - `whole`: one after the other
 * - `runs`: some lines of one, then some of another
 * - `mixed`: line by line
 */
type Way = "live" | "whole" | "runs" | "mixed";

function interleave(queues: readonly (readonly Item[])[], way: Way, random: Random): Item[] {
	const left = shuffled(queues, random).map((items) => ({ items, at: 0 }));
	const all: Item[] = [];
	for (;;) {
		const open = left.filter(({ items, at }) => at < items.length);
		const first = open[0];
		if (first === undefined) return all;
		let queue = first;
		if (way === "mixed" || way === "runs") queue = random.pick(open);
		if (way === "live") {
			const next = ({ items, at }: typeof first) => items[at]?.ts ?? 0;
			for (const each of open) if (next(each) < next(queue)) queue = each;
		}
		const most = way === "whole" ? queue.items.length : way === "runs" ? random.whole(1, 20) : 1;
		all.push(...queue.items.slice(queue.at, queue.at + most));
		queue.at += most;
	}
}

function shuffled<T>(list: readonly T[], random: Random): T[] {
	const keyed = list.map((item) => ({ item, key: random.next() }));
	return keyed.sort((a, b) => a.key - b.key).map(({ item }) => item);
}

function recordsOf(found: Findings): readonly AgentEvent[] {
	return understood(found).map(({ event }) => event);
}

function good(event: AgentEvent | LineProblem): AgentEvent {
	if (typeof event === "string") throw new Error(event);
	return event;
}
