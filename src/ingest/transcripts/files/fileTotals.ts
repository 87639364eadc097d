/** What is added up of a file. */
interface Counted {
	/** Bytes read. */
	readonly offset: number;
	/** Bytes when last looked at. */
	readonly size: number;
	/** Empty when it can be read. */
	readonly error: string;
}

/** Sums over files; of all of them `unreadable` could not be read. */
export interface Totals {
	readonly files: number;
	readonly bytesDone: number;
	readonly bytesTotal: number;
	readonly unreadable: number;
}

/**
 * Sums over files that change one at a time. They are asked for whenever what runs now was read to
 * its end, so going through the files of a long history each time would cost more than reading.
 */
export class FileTotals<File extends Counted> {
	readonly #counted = new Map<File, Counted>();
	#bytesDone = 0;
	#bytesTotal = 0;
	#unreadable = 0;

	get now(): Totals {
		return {
			files: this.#counted.size,
			bytesDone: this.#bytesDone,
			bytesTotal: this.#bytesTotal,
			unreadable: this.#unreadable,
		};
	}

	/** Takes a file in as it is now, whether it was known or not. */
	note(file: File): void {
		const { offset, size, error } = file;
		this.#add(this.#counted.get(file), -1);
		this.#counted.set(file, { offset, size, error });
		this.#add(file, 1);
	}

	delete(file: File): void {
		this.#add(this.#counted.get(file), -1);
		this.#counted.delete(file);
	}

	#add(counted: Counted | undefined, times: 1 | -1): void {
		if (counted === undefined) return;
		this.#bytesDone += times * counted.offset;
		this.#bytesTotal += times * counted.size;
		if (counted.error !== "") this.#unreadable += times;
	}
}
