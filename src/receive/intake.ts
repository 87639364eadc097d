import { createHash } from "node:crypto";
import { closeSync, constants, fstatSync, openSync, readSync } from "node:fs";
import { OTLP_CLIENTS } from "../ingest/clients/otlpClients.ts";
import { appendLine } from "../ingest/eventLog/appendLine.ts";
import type { OtlpReader } from "../ingest/otlp/otlpPort.ts";
import { type OtlpKind, type OtlpRecord, recordsIn } from "../ingest/otlp/otlpRecords.ts";
import {
	noFigures,
	type ReceivedFigures,
	readReceived,
	tallyReceived,
} from "../ingest/otlp/receivedFigures.ts";
import type { ReceivedLine } from "../ingest/otlp/receivedLine.ts";
import { RecentMap } from "../ingest/otlp/recentMap.ts";
import type { PriceOf } from "../model/usage/price.ts";

/** Lines that are known to stand in the log already: what is sent again comes within minutes. */
const LINES_KNOWN = 20_000;
/** Of the log's end so much is looked at for what a receiver before this one knew, bytes. */
const LOOKED_BACK = 1024 * 1024;
const MAX_UNWRITTEN = 20_000;
/** Bytes of one write. */
const WRITE_BYTES = 65_536;

/** Turns what clients send into lines of the event log, each written once. */
export class Intake {
	readonly figures: ReceivedFigures;
	readonly #eventsFile: string;
	readonly #readers: ReadonlyMap<string, OtlpReader>;
	readonly #known = new RecentMap<true>(LINES_KNOWN);
	readonly #mostUnwritten: number;
	#unwritten: string[] = [];

	/** @param mostUnwritten lines that may wait for a disk that takes none */
	constructor(eventsFile: string, priceOf: PriceOf, mostUnwritten = MAX_UNWRITTEN) {
		this.#eventsFile = eventsFile;
		this.#mostUnwritten = mostUnwritten;
		this.figures = readReceived(eventsFile) ?? noFigures();
		this.#readers = new Map(
			OTLP_CLIENTS.map((client) => [client.name, client.newOtlpReader(priceOf)] as const),
		);
		for (const line of linesAtEnd(eventsFile)) this.#remember(line);
	}

	/**
	 * @param body of a request, parsed
	 * @param now ms since the epoch
	 * @returns false for what is no request of this kind
	 * @throws an error of the system where the log takes nothing: what was read is written later
	 */
	take(kind: OtlpKind, body: unknown, now: number): boolean {
		const records = kind === "metric" ? [] : recordsIn(kind, body);
		if (records === null) return false;
		this.figures.requests++;
		this.figures.records += records.length;
		this.figures.lastAt = now;
		for (const [client, own] of byClient(records, this.figures)) {
			const reader = this.#readers.get(client);
			if (reader === undefined) continue;
			const { lines, unknown } = reader.read(own, now);
			for (const name of unknown) tallyReceived(this.figures.unknown, `${client} ${name}`);
			this.#queue(lines);
		}
		this.#write();
		return true;
	}

	/** Writes what waited for something that has not come. @throws as {@link take} */
	settle(now: number): void {
		for (const reader of this.#readers.values()) this.#queue(reader.settle(now));
		this.#write();
	}

	#queue(lines: readonly ReceivedLine[]): void {
		for (const line of lines) {
			// What finds no room is not known either, so that it counts when it is sent again.
			if (this.#unwritten.length === this.#mostUnwritten) return;
			const text = JSON.stringify(line);
			if (!this.#isKnown(text)) this.#unwritten.push(text);
		}
	}

	/** Whether a line was written, or is to be; from now on it is. */
	#isKnown(line: string): boolean {
		const hash = createHash("sha256").update(line).digest("base64url");
		if (this.#known.get(hash) !== undefined) return true;
		this.#known.set(hash, true);
		return false;
	}

	#write(): void {
		while (this.#unwritten.length > 0) {
			let bytes = 0;
			const next = this.#unwritten.findIndex((line) => {
				bytes += Buffer.byteLength(line) + 1;
				return bytes > WRITE_BYTES;
			});
			const count = next === -1 ? this.#unwritten.length : Math.max(1, next);
			const written = appendLine(this.#eventsFile, this.#unwritten.slice(0, count).join("\n"));
			if (written !== "written") throw new Error(`${this.#eventsFile} takes no lines: ${written}`);
			this.#unwritten = this.#unwritten.slice(count);
			this.figures.lines += count;
		}
	}

	#remember(line: string): void {
		if (!line.includes('"via":"otlp"')) return;
		try {
			const told = JSON.parse(line) as ReceivedLine;
			if (told.via !== "otlp" || this.#isKnown(line)) return;
			this.#readers.get(told.client)?.remember(told);
		} catch {
			// Cut in half, or another program's.
		}
	}
}

/** The records of each client; who is none that is known is counted. */
function byClient(
	records: readonly OtlpRecord[],
	figures: ReceivedFigures,
): Map<string, OtlpRecord[]> {
	const all = new Map<string, OtlpRecord[]>();
	for (const record of records) {
		const client = OTLP_CLIENTS.find(({ isOwn }) => isOwn(record.service));
		if (client === undefined) {
			tallyReceived(figures.unknown, `service ${record.service}`);
			continue;
		}
		const own = all.get(client.name);
		if (own === undefined) all.set(client.name, [record]);
		else own.push(record);
	}
	return all;
}

function linesAtEnd(file: string): string[] {
	let handle: number;
	try {
		// A named pipe that nobody writes to would hold up whoever opens it.
		handle = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	} catch {
		return [];
	}
	try {
		const { size } = fstatSync(handle);
		const bytes = Buffer.alloc(Math.min(size, LOOKED_BACK));
		const read = readSync(handle, bytes, 0, bytes.length, size - bytes.length);
		return bytes.subarray(0, read).toString("utf8").split("\n");
	} catch {
		return [];
	} finally {
		closeSync(handle);
	}
}
