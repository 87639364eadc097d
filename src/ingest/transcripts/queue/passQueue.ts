import type { Pass } from "../port.ts";
import { type Queued, ReadQueue } from "./readQueue.ts";

interface Passing extends Queued {
	readonly pass: Pass;
}

/** Two queues, one for each pass: first what runs, events and then facts, then history in that order. */
export class PassQueue<File extends Passing> {
	readonly #events = new ReadQueue<File>();
	readonly #facts = new ReadQueue<File>();

	get isEmpty(): boolean {
		return this.#events.isEmpty && this.#facts.isEmpty;
	}

	get hasLive(): boolean {
		return this.#events.hasLive || this.#facts.hasLive;
	}

	get hasHistory(): boolean {
		return this.#events.hasHistory || this.#facts.hasHistory;
	}

	/** Whether something of a pass waits. */
	has(pass: Pass): boolean {
		return !this.#of(pass).isEmpty;
	}

	add(file: File, isLive: boolean): void {
		this.#of(file.pass).add(file, isLive);
	}

	take(): ReturnType<ReadQueue<File>["take"]> {
		const isFactsTurn = this.#facts.hasLive ? !this.#events.hasLive : this.#events.isEmpty;
		return (isFactsTurn ? this.#facts : this.#events).take();
	}

	/** Whether something waits that comes before a file that is being read. */
	precedes({ pass }: File, isLive: boolean): boolean {
		if (this.#events.hasLive) return true;
		if (this.#facts.hasLive) return !isLive || pass === "facts";
		return !isLive && pass === "facts" && !this.#events.isEmpty;
	}

	putBack(file: File, isLive: boolean): void {
		this.#of(file.pass).putBack(file, isLive);
	}

	delete(file: File): void {
		this.#of(file.pass).delete(file);
	}

	/** @returns what was history and is forgotten */
	clearHistory(): File[] {
		return [...this.#events.clearHistory(), ...this.#facts.clearHistory()];
	}

	#of(pass: Pass): ReadQueue<File> {
		return pass === "events" ? this.#events : this.#facts;
	}
}
