import { type BigIntStats, closeSync, constants, fstatSync, openSync, read } from "node:fs";

/**
 * A file that is read. To open, look at and close one are done at once: to have another thread do
 * that takes many times as long, and a history has thousands of them.
 */
export class OpenFile {
	readonly #descriptor: number;
	#isOpen = true;
	/** Ends when nothing is being read, and never rejects. */
	#reading: Promise<unknown> = Promise.resolve();

	/** @throws what the file system says */
	constructor(path: string) {
		// A named pipe that nobody writes to would hold up whoever opens it.
		this.#descriptor = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
	}

	stat(): BigIntStats {
		return fstatSync(this.#descriptor, { bigint: true });
	}

	/**
	 * @returns how many bytes were read, fewer than there is room for at the end of the file
	 * @throws what the file system says
	 */
	read(into: Buffer, position: number): Promise<number> {
		const done = new Promise<number>((resolve, reject) => {
			if (!this.#isOpen) throw Object.assign(new Error("closed"), { code: "EBADF" });
			read(this.#descriptor, into, 0, into.length, position, (error, bytesRead) => {
				if (error === null) resolve(bytesRead);
				else reject(error);
			});
		});
		const before = this.#reading;
		this.#reading = done.catch(() => undefined).then(() => before);
		return done;
	}

	/** Waits for what is being read: another file would be given the number of this one. */
	async close(): Promise<void> {
		if (!this.#isOpen) return;
		this.#isOpen = false;
		await this.#reading;
		closeSync(this.#descriptor);
	}
}
