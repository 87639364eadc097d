/** What the queue orders by. */
export interface Queued {
	/** ms since the epoch */
	readonly modifiedAt: number;
}

/**
 * Files with something to read. Those of what runs now come first, each in its turn; then history,
 * newest first.
 */
export class ReadQueue<File extends Queued> {
	readonly #live = new Set<File>();
	readonly #history = new Set<File>();
	/** Oldest first; null when it has to be put in order again. */
	#order: File[] | null = null;

	get isEmpty(): boolean {
		return this.#live.size === 0 && this.#history.size === 0;
	}

	get hasLive(): boolean {
		return this.#live.size > 0;
	}

	get hasHistory(): boolean {
		return this.#history.size > 0;
	}

	/** A file that waits as history is moved when it is live now, and never back. */
	add(file: File, isLive: boolean): void {
		if (isLive) {
			this.#history.delete(file);
			this.#live.add(file);
		} else if (!this.#live.has(file) && !this.#history.has(file)) {
			this.#history.add(file);
			this.#order = null;
		}
	}

	/** Takes the next one out; null when there is none. */
	take(): { readonly file: File; readonly isLive: boolean } | null {
		for (const file of this.#live) {
			this.#live.delete(file);
			return { file, isLive: true };
		}
		this.#order ??= [...this.#history].sort((a, b) => a.modifiedAt - b.modifiedAt);
		for (;;) {
			const file = this.#order.pop();
			if (file === undefined) return null;
			if (this.#history.delete(file)) return { file, isLive: false };
		}
	}

	/** Puts one back that was taken and is not done: it keeps its place in history. */
	putBack(file: File, isLive: boolean): void {
		if (isLive) {
			this.add(file, true);
		} else if (!this.#live.has(file)) {
			this.#history.add(file);
			this.#order?.push(file);
		}
	}

	delete(file: File): void {
		this.#live.delete(file);
		this.#history.delete(file);
	}

	/** @returns what was history and is forgotten */
	clearHistory(): File[] {
		const files = [...this.#history];
		this.#history.clear();
		this.#order = null;
		return files;
	}
}
