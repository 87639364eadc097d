import type { FollowedFile } from "../files/followedFile.ts";
import type { Pass } from "../port.ts";
import { PassQueue } from "./passQueue.ts";

interface LanesOptions {
	/** How many files are read at once. */
	readonly width: number;
	/** A buffer for each. */
	readonly newChunk: () => Buffer;
	/** Reads one slice; resolves to whether there is more. Never rejects. */
	readonly step: (file: FollowedFile, isLive: boolean, chunk: Buffer) => Promise<boolean>;
	/** Nothing more is read of it for now. Never rejects. */
	readonly release: (file: FollowedFile) => Promise<void>;
	/** Whether history may be read on; what is left of it is handed to `stopped` where it may not. */
	readonly readsHistory: () => boolean;
	readonly stopped: (file: FollowedFile) => void;
	/** All was read that there is to read. */
	readonly idle: () => void;
}

/** A file that a lane reads. */
interface Busy {
	readonly isLive: boolean;
	/** It was to be read again meanwhile; null where it was not. */
	isFoundLive: boolean | null;
}

/** Reads files side by side, each by one lane at a time, in the order of their queue. */
export class ReadLanes {
	readonly #options: LanesOptions;
	readonly #queue = new PassQueue<FollowedFile>();
	readonly #busy = new Map<FollowedFile, Busy>();
	readonly #chunks: Buffer[] = [];
	#lanes = 0;
	#isStopped = false;
	#waiters: { readonly isOver: () => boolean; readonly resolve: () => void }[] = [];

	constructor(options: LanesOptions) {
		this.#options = options;
	}

	get hasHistory(): boolean {
		return this.#queue.hasHistory || [...this.#busy.values()].some(({ isLive }) => !isLive);
	}

	/** Whether something of a pass waits or is being read. */
	has(pass: Pass): boolean {
		return this.#queue.has(pass) || [...this.#busy.keys()].some((file) => file.pass === pass);
	}

	/** A file is to be read; {@link start} begins with it. */
	add(file: FollowedFile, isLive: boolean): void {
		const busy = this.#busy.get(file);
		if (busy === undefined) this.#queue.add(file, isLive);
		else busy.isFoundLive = isLive || (busy.isFoundLive ?? false);
	}

	delete(file: FollowedFile): void {
		this.#queue.delete(file);
	}

	/** @returns what was history and is forgotten */
	clearHistory(): FollowedFile[] {
		return this.#queue.clearHistory();
	}

	/** Reads what waits. */
	start(): void {
		while (this.#lanes < this.#options.width && !this.#queue.isEmpty && !this.#isStopped) {
			this.#lanes++;
			void this.#lane();
		}
	}

	/** Resolves when nothing is left to be read. */
	allRead(): Promise<void> {
		this.start();
		return this.#when(() => this.#lanes === 0);
	}

	/** Resolves when nothing of what runs now is left to be read. */
	liveRead(): Promise<void> {
		const isLiveRead = (): boolean =>
			!this.#queue.hasLive && ![...this.#busy.values()].some(({ isLive }) => isLive);
		return this.#when(() => this.#lanes === 0 || isLiveRead());
	}

	/** Ends after the slices that are being read. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		await this.#when(() => this.#lanes === 0);
	}

	async #lane(): Promise<void> {
		const chunk = this.#chunks.pop() ?? this.#options.newChunk();
		// All that was found at once is put in order first.
		await Promise.resolve();
		for (;;) {
			const next = this.#isStopped ? null : this.#queue.take();
			if (next === null) break;
			await this.#read(next.file, next.isLive, chunk);
			this.start();
			this.#look();
		}
		this.#chunks.push(chunk);
		this.#lanes--;
		if (this.#lanes === 0) this.#options.idle();
		this.#look();
	}

	async #read(file: FollowedFile, isLive: boolean, chunk: Buffer): Promise<void> {
		const busy: Busy = { isLive, isFoundLive: null };
		this.#busy.set(file, busy);
		let hasMore = await this.#options.step(file, isLive, chunk);
		while (hasMore && this.#mayGoOn(file, busy)) {
			hasMore = await this.#options.step(file, isLive, chunk);
		}
		await this.#options.release(file);
		this.#busy.delete(file);
		const { isFoundLive } = busy;
		if (hasMore) this.#putBack(file, isLive || isFoundLive === true);
		else if (isFoundLive !== null) this.#queue.add(file, isFoundLive);
	}

	#mayGoOn(file: FollowedFile, { isLive, isFoundLive }: Busy): boolean {
		if (this.#isStopped || this.#queue.precedes(file, isLive)) return false;
		return isLive || (isFoundLive !== true && this.#options.readsHistory());
	}

	#putBack(file: FollowedFile, isLive: boolean): void {
		if (!isLive && !this.#options.readsHistory()) this.#options.stopped(file);
		else this.#queue.putBack(file, isLive);
	}

	#when(isOver: () => boolean): Promise<void> {
		if (isOver()) return Promise.resolve();
		return new Promise((resolve) => this.#waiters.push({ isOver, resolve }));
	}

	#look(): void {
		const waiting = this.#waiters;
		this.#waiters = waiting.filter(({ isOver }) => !isOver());
		for (const waiter of waiting) if (!this.#waiters.includes(waiter)) waiter.resolve();
	}
}
