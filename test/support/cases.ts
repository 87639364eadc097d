import {
	appendFileSync,
	cpSync,
	existsSync,
	globSync,
	mkdirSync,
	readFileSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { FactDeriver } from "../../src/facts/factDeriver.ts";
import { FunctionFacts } from "../../src/functions/functionFacts.ts";
import { KnownFunctions } from "../../src/functions/knownFunctions.ts";
import { Repositories } from "../../src/functions/repositories.ts";
import { transcriptClients } from "../../src/ingest/clients/clients.ts";
import type { PriceOf } from "../../src/model/usage/price.ts";
import type { TelemetryStore } from "../../src/telemetry/storage/store.ts";
import { answersOf } from "../../src/telemetry/worker/answers.ts";
import { TelemetryService } from "../../src/telemetry/worker/telemetryService.ts";
import { readWasm } from "./facts/grammars.ts";
import { sourceParser } from "./functions/parse.ts";
import { readersHere } from "./readersHere.ts";
import { dump, sqlJs } from "./telemetry/telemetry.ts";

/** One folder each: transcripts below `projects`, or lines of an event log beside `expected.md`. */
export const CASES = path.join(import.meta.dirname, "../fixtures/cases");

/** Shortly after all that happens in them. */
const NOW = Date.parse("2026-11-27T00:00:00.000Z");
/** Files up to this length are cut at each of their lines, longer ones at every tenth. */
const SHORT_LINES = 20;

/** What a case's `expected.json` asks of the database, and the rows that it has to answer with. */
export type Expected = Readonly<Record<string, readonly (readonly unknown[])[]>>;

/** A file of a case and how many of its lines are read before all of it is. */
export interface Cut {
	readonly file: string;
	readonly lines: number;
}

export function expectedOf(name: string): Expected {
	return JSON.parse(readFileSync(path.join(CASES, name, "expected.json"), "utf8")) as Expected;
}

/** The files that are read in a case, below its folder. */
function inputsOf(name: string): string[] {
	return globSync("**/*.jsonl", { cwd: path.join(CASES, name) }).sort();
}

export function cutsOf(name: string): Cut[] {
	return inputsOf(name).flatMap((file) => {
		const total = linesOf(path.join(CASES, name, file)).length;
		const step = total <= SHORT_LINES ? 1 : 10;
		const count = Math.ceil(total / step) - 1;
		const atOnce = writtenAtOnce(name, file);
		return Array.from({ length: count }, (_, at) => ({ file, lines: (at + 1) * step })).filter(
			({ lines }) => lines > atOnce,
		);
	});
}

/**
 * How many lines of a file are written at once, because they are copies of what another one holds; all of
 * them where it is the one that was copied, which is not written any more.
 */
function writtenAtOnce(name: string, file: string): number {
	const lines = linesOf(path.join(CASES, name, file));
	const others = inputsOf(name)
		.filter((other) => other !== file)
		.map((other) => linesOf(path.join(CASES, name, other)));
	const relatives = others.filter((other) => lines.some((line) => isIn(line, other)));
	if (relatives.some((other) => lastAt(other) > lastAt(lines))) return lines.length;
	return lines.findLastIndex((line) => relatives.some((other) => isIn(line, other))) + 1;
}

function isIn(line: string, lines: readonly string[]): boolean {
	const id = /"uuid": ?"[^"]+"/.exec(line)?.[0];
	return id !== undefined && lines.some((other) => other.includes(id));
}

function lastAt(lines: readonly string[]): string {
	return [...lines.join("").matchAll(/"timestamp": ?"([^"]+)"/g)].at(-1)?.[1] ?? "";
}

/** What the database holds once a case was read. */
export interface Reading {
	readonly rows: Readonly<Record<string, unknown[]>>;
	readonly answers: Expected;
}

/**
 * Reads a case as `ingest` does, searches for sequences and renews the proposals.
 *
 * @param folder where it is copied to; empty
 * @param cut what is read by a process of its own before
 */
export async function readCase(
	name: string,
	folder: string,
	priceOf: PriceOf,
	cut: Cut | null = null,
): Promise<Reading> {
	const isCut = (file: string): boolean => file === cut?.file;
	if (cut !== null) {
		place(name, folder, (file, lines) => (isCut(file) ? lines.slice(0, cut.lines) : lines));
		await ingest(folder, priceOf, () => undefined);
	}
	// What was read must grow, or it is another file.
	place(name, folder, (_, lines) => lines);
	return ingest(folder, priceOf, (service) => ({
		rows: { ...dump(service.store), ...learned(service.store) },
		answers: Object.fromEntries(
			Object.keys(expectedOf(name)).map((query) => [query, answer(service.store, query)]),
		),
	}));
}

async function ingest<Value>(
	folder: string,
	priceOf: PriceOf,
	look: (service: TelemetryService) => Value,
): Promise<Value> {
	const inner = new FactDeriver({ readWasm });
	const service = new TelemetryService(
		await sqlJs(),
		{
			databaseFile: path.join(folder, "storage", "telemetry.db"),
			eventsFile: path.join(folder, "agent-events.jsonl"),
			transcriptFolders: [path.join(folder, "projects")],
			retentionDays: Number.POSITIVE_INFINITY,
			clients: transcriptClients(priceOf),
			readers: readersHere(
				new FunctionFacts({
					inner,
					parser: sourceParser,
					known: new KnownFunctions(),
					repositories: new Repositories(),
					readSource: () => Promise.resolve(null),
				}),
			),
			now: () => NOW,
		},
		() => undefined,
	);
	try {
		await service.start();
		await service.catchUp();
		await answersOf(service).detectSequences(
			{ proposes: true },
			{ onProgress: () => undefined, signal: new AbortController().signal },
		);
		return look(service);
	} finally {
		await service.dispose();
		inner.dispose();
	}
}

/** Copies a case, all lines of an event log into the one that is read; files only ever grow. */
function place(
	name: string,
	folder: string,
	choose: (file: string, lines: readonly string[]) => readonly string[],
): void {
	const log: string[] = [];
	for (const file of inputsOf(name)) {
		const from = path.join(CASES, name, file);
		const lines = choose(file, linesOf(from));
		if (file.startsWith("projects/")) grow(path.join(folder, file), lines.join(""));
		else log.push(...lines);
	}
	if (log.length > 0) grow(path.join(folder, "agent-events.jsonl"), log.join(""));
	for (const file of globSync("**/*.db", { cwd: path.join(CASES, name) })) {
		cpSync(path.join(CASES, name, file), path.join(folder, file));
		utimesSync(path.join(folder, file), NOW / 1000, NOW / 1000);
	}
	for (const file of globSync("**/{*.meta,projects}.json", { cwd: path.join(CASES, name) })) {
		cpSync(path.join(CASES, name, file), path.join(folder, file));
	}
}

function grow(file: string, content: string): void {
	mkdirSync(path.dirname(file), { recursive: true });
	const before = existsSync(file) ? readFileSync(file, "utf8") : "";
	if (content.startsWith(before)) appendFileSync(file, content.slice(before.length));
	else writeFileSync(file, content);
	utimesSync(file, NOW / 1000, NOW / 1000);
}

function linesOf(file: string): string[] {
	return readFileSync(file, "utf8").match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function learned(store: TelemetryStore): Record<string, unknown[]> {
	return {
		sequences: store.all("SELECT * FROM sequences ORDER BY 1"),
		proposals: store.all("SELECT * FROM proposals ORDER BY 1"),
	};
}

function answer(store: TelemetryStore, query: string): unknown[][] {
	return store.all<Record<string, unknown>>(query).map((row) => Object.values(row));
}
