import { createHash, randomUUID } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";

/** How far a session was sent. */
export interface SentSession {
	/** Its version when all of it was sent; empty while it was not. */
	readonly version: string;
	/** Spans that ended until then were sent, ms since the epoch. */
	readonly until: number;
	/** Hash of those. */
	readonly print: string;
}

interface Kept {
	readonly hostId: string;
	readonly endpoints: Record<string, Record<string, SentSession>>;
}

/**
 * What each endpoint has acknowledged, in a file beside the database: the database has one writer, and
 * whoever exports need not be it.
 */
export class ExportState {
	readonly #file: string;
	readonly #kept: Kept;
	readonly #sent: Map<string, SentSession>;
	readonly #endpoint: string;

	constructor(databaseFile: string, url: string) {
		this.#file = `${databaseFile}.otlp.json`;
		const before = read(this.#file);
		this.#kept = before ?? { hostId: randomUUID(), endpoints: {} };
		// Whose it is, nobody has to read here.
		this.#endpoint = createHash("sha256").update(url).digest("hex").slice(0, 16);
		this.#sent = new Map(Object.entries(this.#kept.endpoints[this.#endpoint] ?? {}));
		// Before anything is sent under it.
		if (before === null) this.#save();
	}

	/** Of chance, and the same from the first export on. */
	get hostId(): string {
		return this.#kept.hostId;
	}

	sent(session: string): SentSession | null {
		return this.#sent.get(session) ?? null;
	}

	/** Notes what was acknowledged, and saves it. */
	acknowledge(sessions: ReadonlyMap<string, SentSession>): void {
		for (const [id, sent] of sessions) this.#sent.set(id, sent);
		this.#kept.endpoints[this.#endpoint] = Object.fromEntries(this.#sent);
		this.#save();
	}

	#save(): void {
		const next = `${this.#file}.${process.pid}`;
		writeFileSync(next, JSON.stringify(this.#kept), { mode: 0o600 });
		renameSync(next, this.#file);
	}
}

/** A file that is damaged, or not there, says that nothing was sent. */
function read(file: string): Kept | null {
	try {
		const { hostId, endpoints } = JSON.parse(readFileSync(file, "utf8"));
		if (typeof hostId !== "string" || typeof endpoints !== "object" || endpoints === null)
			return null;
		return { hostId, endpoints };
	} catch {
		return null;
	}
}
