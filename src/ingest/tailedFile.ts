import { type FileHandle, open, stat } from "node:fs/promises";

/** Bytes before the offset that are compared to tell whether the file was rewritten in place. */
const ANCHOR_BYTES = 64;

/**
 * An append-only file with a position in it. Holds the file open, so that one that was renamed or
 * removed can still be read to its end and its inode cannot be given to another file meanwhile.
 */
export class TailedFile {
	readonly #path: string;
	#handle: FileHandle | null = null;
	#identity = "";
	#isReplaced = false;
	#offset = 0;
	#size = 0;
	/** What stood before the offset when it was read. */
	#anchor: Buffer = Buffer.alloc(0);

	constructor(path: string) {
		this.#path = path;
	}

	get offset(): number {
		return this.#offset;
	}

	get size(): number {
		return this.#size;
	}

	get isAtEnd(): boolean {
		return this.#offset >= this.#size;
	}

	/**
	 * Finds out what became of the file.
	 *
	 * @returns `restarted` when reading begins at zero (again), `missing` when there is nothing to
	 * read: no file, or only the open one that was taken away and is read to its end
	 * @throws what the file system says, except that a file is missing
	 */
	async look(): Promise<"current" | "restarted" | "missing"> {
		const identity = await identityOf(this.#path);
		if (this.#handle === null) {
			if (identity === null) return "missing";
			await this.#open();
			return "restarted";
		}
		this.#isReplaced = identity !== null && identity !== this.#identity;
		this.#size = (await this.#handle.stat()).size;
		if (this.#size < this.#offset || !(await this.#isAnchored())) {
			this.#rewind();
			return "restarted";
		}
		return identity === null && this.isAtEnd ? "missing" : "current";
	}

	/** Reads on from the offset; 0 bytes at the end. */
	async read(into: Buffer): Promise<number> {
		if (this.#handle === null) return 0;
		const { bytesRead } = await this.#handle.read(into, 0, into.length, this.#offset);
		this.#offset += bytesRead;
		if (bytesRead > 0) {
			const newest = into.subarray(Math.max(0, bytesRead - ANCHOR_BYTES), bytesRead);
			const older = this.#anchor.subarray(
				Math.max(0, this.#anchor.length + newest.length - ANCHOR_BYTES),
			);
			this.#anchor = Buffer.concat([older, newest]);
		}
		return bytesRead;
	}

	/** Leaves a file that another one has replaced; false when this one is still the current one. */
	async moveOn(): Promise<boolean> {
		if (!this.#isReplaced) return false;
		await this.close();
		return true;
	}

	/** After an error: starts over with whatever has the path, unless reading this one had begun. */
	async giveUp(): Promise<void> {
		if (this.#offset === 0 || this.#isReplaced) await this.close();
	}

	async close(): Promise<void> {
		const handle = this.#handle;
		this.#handle = null;
		this.#isReplaced = false;
		this.#rewind();
		this.#size = 0;
		await handle?.close();
	}

	async #open(): Promise<void> {
		const handle = await open(this.#path, "r");
		const stats = await handle.stat({ bigint: true });
		this.#handle = handle;
		this.#identity = `${stats.dev}:${stats.ino}`;
		this.#size = Number(stats.size);
		this.#rewind();
	}

	#rewind(): void {
		this.#offset = 0;
		this.#anchor = Buffer.alloc(0);
	}

	async #isAnchored(): Promise<boolean> {
		const length = this.#anchor.length;
		if (length === 0 || this.#handle === null) return true;
		const before = Buffer.alloc(length);
		await this.#handle.read(before, 0, length, this.#offset - length);
		return before.equals(this.#anchor);
	}
}

/** Device and inode; null when there is no such file. */
async function identityOf(path: string): Promise<string | null> {
	try {
		const stats = await stat(path, { bigint: true });
		return `${stats.dev}:${stats.ino}`;
	} catch (error) {
		const { code } = error as NodeJS.ErrnoException;
		if (code === "ENOENT" || code === "ENOTDIR") return null;
		throw error;
	}
}
