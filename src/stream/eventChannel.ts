import { parseLine } from "../model/events/parseEvent.ts";
import { aliveAgents } from "./aliveAgents.ts";
import type { StreamSource } from "./source.ts";
import type { StreamClient } from "./streamClient.ts";

const PING = Buffer.from('{"type":"ping"}');

/**
 * The stream as pages of the original monitor know it: a snapshot of the agents at work, then every
 * event of the log as it stands there. `seq` is ours: an event has one more than what came before.
 */
export class EventChannel {
	readonly #source: StreamSource;
	readonly #clients = new Set<StreamClient>();
	#seq = 0;
	#pending: Buffer[] = [];

	constructor(source: StreamSource) {
		this.#source = source;
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

	/** Another log, or it has now been read: everyone starts over. */
	reset(): void {
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
		if (!this.#source.isLogRead) return;
		this.#flush();
		const snapshot = { type: "snapshot", seq: this.#seq, alive: aliveAgents(this.#source.log) };
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
