import type { LineProblem } from "../../model/events/lineProblem.ts";
import { recordsInLine } from "../eventLog/recordsInLine.ts";
import { FileHint } from "./fileHint.ts";
import { LineSplitter } from "./lineSplitter.ts";
import { type FilePosition, TailedFile } from "./tailedFile.ts";

/** How the tail stands with its file. */
export interface TailStatus {
	/**
	 * - `missing`: there is no such file (yet)
	 * - `reading`: there is more to read than was read
	 * - `following`: read to its end
	 * - `unreadable`: see `error`
	 */
	readonly state: "missing" | "reading" | "following" | "unreadable";
	/** Bytes read of the current file. */
	readonly offset: number;
	/** Bytes of the current file when last looked at. */
	readonly size: number;
	/** Error code such as `EACCES`; empty when all is well. */
	readonly error: string;
}

interface TailListener {
	line(text: string): void;
	problem(problem: LineProblem): void;
	/** Called after every batch of lines and whenever the state changes. */
	status(status: TailStatus): void;
	/** Another file has the path now; this one was read up to here. */
	replaced?(left: FilePosition): void;
}

interface TailOptions {
	/** Where to begin if the path still names that file; else its beginning. */
	readonly start?: FilePosition | null;
	/** False to read only when asked to by {@link EventTail.look}. */
	readonly isFollowing?: boolean;
}

/** Bytes read at a time: about 1.5 ms of work, so that the thread stays free between reads. */
const CHUNK_BYTES = 64 * 1024;
/** A slow look behind the watcher, for file systems that send no events. */
const POLL_MS = 2000;
/** While lines arrive the file is looked at this often: watchers report in bursts 40 ms apart. */
const HOT_POLL_MS = 15;
/** Looks without news after which the file counts as quiet again. */
const HOT_POLLS = 20;

/**
 * Follows one append-only log from its beginning, through truncation, replacement, renaming and
 * removal. The watcher only hints; size and identity of the file decide.
 */
export class EventTail {
	readonly #file: TailedFile;
	readonly #listener: TailListener;
	readonly #splitter: LineSplitter;
	readonly #hint: FileHint | null = null;
	readonly #poll: NodeJS.Timeout | undefined;
	readonly #chunks: readonly [Buffer, Buffer] = [
		Buffer.allocUnsafe(CHUNK_BYTES),
		Buffer.allocUnsafe(CHUNK_BYTES),
	];
	#hot: NodeJS.Timeout | undefined;
	#quietLooks = 0;
	#looking: Promise<void> | null = null;
	#isLookDue = false;
	#isDisposed = false;
	#status: TailStatus = { state: "reading", offset: 0, size: 0, error: "" };

	constructor(path: string, listener: TailListener, options: TailOptions = {}) {
		this.#listener = listener;
		this.#file = new TailedFile(path, options.start ?? null);
		this.#splitter = new LineSplitter({
			line: (text) => {
				for (const record of recordsInLine(text)) listener.line(record);
			},
			tooLong: () => listener.problem("line_too_long"),
		});
		if (options.isFollowing === false) return;
		const hint = new FileHint(path, () => this.look());
		this.#hint = hint;
		this.#poll = setInterval(() => {
			hint.rearm();
			this.look();
		}, POLL_MS);
		this.look();
	}

	/**
	 * The end of the last whole line; null while no file is open. Only exact outside of `line` and
	 * `problem`, which are called for lines in the middle of what was read.
	 */
	get position(): FilePosition | null {
		return this.#file.positionAt(this.#file.offset - this.#splitter.bytesSinceLine);
	}

	get status(): TailStatus {
		return this.#status;
	}

	/** Looks at the file now; resolves when it was read to its end. */
	look(): Promise<void> {
		if (this.#isDisposed) return Promise.resolve();
		this.#isLookDue = true;
		this.#looking ??= this.#lookUntilCurrent();
		return this.#looking;
	}

	async dispose(): Promise<void> {
		this.#isDisposed = true;
		clearInterval(this.#poll);
		clearTimeout(this.#hot);
		await this.#looking;
		await this.#file.close();
		await this.#hint?.dispose();
	}

	async #lookUntilCurrent(): Promise<void> {
		let hasNews = false;
		try {
			while (this.#isLookDue && !this.#isDisposed) {
				this.#isLookDue = false;
				hasNews = (await this.#readOn()) || hasNews;
			}
		} catch (error) {
			this.#report("unreadable", errorCode(error));
			// Whatever has the path then is read from its beginning, unless reading had begun.
			if (this.#file.offset === 0) await this.#file.close();
		}
		this.#looking = null;
		this.#stayHot(hasNews);
	}

	/**
	 * Reads whatever is new; returns whether there was anything. The open file is read before the
	 * path is looked at: that is the shortest way from a line to its reader.
	 */
	async #readOn(): Promise<boolean> {
		let hasNews = false;
		for (;;) {
			hasNews = (await this.#readToEnd()) || hasNews;
			if (this.#isDisposed) return hasNews;
			const found = await this.#file.look();
			if (found === "missing" || found === "current") {
				this.#report(found === "missing" ? "missing" : "following");
				return hasNews;
			}
			// A last line may have been written just before the file was replaced.
			if (found === "replaced") {
				hasNews = (await this.#readToEnd()) || hasNews;
				const left = this.position;
				await this.#file.close();
				this.#cutOff();
				if (left !== null) this.#listener.replaced?.(left);
			}
		}
	}

	/** Reads the next chunk while the one before is worked on. */
	async #readToEnd(): Promise<boolean> {
		let [current, next] = this.#chunks;
		let reading = this.#file.read(current);
		let hasNews = false;
		for (;;) {
			const bytes = await reading;
			if (this.#isDisposed || bytes?.length === 0) return hasNews;
			const isLast = this.#file.isAtEnd;
			if (!isLast) reading = this.#file.read(next);
			if (bytes === null) {
				this.#cutOff();
			} else {
				hasNews = true;
				this.#splitter.push(bytes);
				this.#report(isLast ? "following" : "reading");
				if (isLast) return true;
			}
			[current, next] = [next, current];
		}
	}

	/** The rest of an incomplete line will never come. */
	#cutOff(): void {
		if (this.#splitter.reset()) this.#listener.problem("cut_line");
	}

	#report(state: TailStatus["state"], error = ""): void {
		const { offset, size } = this.#file;
		const last = this.#status;
		const isNews =
			last.state !== state || last.error !== error || last.offset !== offset || last.size !== size;
		this.#status = { state, offset, size, error };
		if (isNews && !this.#isDisposed) this.#listener.status(this.#status);
	}

	#stayHot(hasNews: boolean): void {
		this.#quietLooks = hasNews ? 0 : this.#quietLooks + 1;
		clearTimeout(this.#hot);
		if (this.#isDisposed || this.#hint === null || this.#quietLooks >= HOT_POLLS) return;
		this.#hot = setTimeout(() => this.look(), HOT_POLL_MS);
	}
}

function errorCode(error: unknown): string {
	const { code, message } = error as { code?: unknown; message?: unknown };
	return typeof code === "string" ? code : String(message ?? error);
}
