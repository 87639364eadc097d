import { parseLine } from "../ingest/eventLog/parseLine.ts";
import type { GraphFeed } from "../live/graphFeed.ts";
import type { FeedPhase, SourceStatus } from "../protocol/messages.ts";
import { aliveAgents } from "./aliveAgents.ts";
import type { StreamClient } from "./streamClient.ts";

const PING = Buffer.from('{"type":"ping"}');

/**
 * The stream as pages of the original monitor know it: a snapshot of the agents at work, then every
 * event of the log as it stands there. `seq` is ours: an event has one more than what came before.
 */
export class EventChannel {
	readonly #feed: GraphFeed;
	readonly #clients = new Set<StreamClient>();
	/** Phase of the snapshot that clients had last. */
	#told: FeedPhase = "reading";
	#seq = 0;
	#pending: Buffer[] = [];

	constructor(feed: GraphFeed) {
		this.#feed = feed;
	}

	add(client: StreamClient): void {
		this.#clients.add(client);
		this.#begin(client);
	}

	remove(client: StreamClient): void {
		this.#clients.delete(client);
	}

	/** Lines come many at a time; they are sent together once all are there. */
	line(text: string): void {
		if (this.#clients.size === 0 || typeof parseLine(text) === "string") return;
		this.#seq++;
		if (this.#pending.length === 0) queueMicrotask(() => this.#flush());
		// It has just been parsed: it is JSON, and stays it inside of JSON.
		this.#pending.push(Buffer.from(`{"type":"event","seq":${this.#seq},"data":${text}}`));
	}

	/** With another log, and when more has been read than was told, everyone starts over. */
	status({ phase }: SourceStatus): void {
		if (phase === this.#told) return;
		this.#flush();
		for (const client of this.#clients) {
			client.isBegun = false;
			this.#begin(client);
		}
	}

	ping(): void {
		for (const client of this.#clients) if (client.isBegun) client.send(PING);
	}

	/** Lines that wait belong before the snapshot, which holds them already. */
	#begin(client: StreamClient): void {
		const { phase } = this.#feed.status;
		this.#told = phase;
		if (phase === "reading") return;
		this.#flush();
		const snapshot = { type: "snapshot", seq: this.#seq, alive: aliveAgents(this.#feed.followed) };
		client.send(Buffer.from(JSON.stringify(snapshot)));
		client.isBegun = true;
	}

	#flush(): void {
		const events = this.#pending;
		if (events.length === 0) return;
		this.#pending = [];
		for (const client of this.#clients) if (client.isBegun) client.send(...events);
	}
}
