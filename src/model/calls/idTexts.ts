/** Room for an id; what clients call their calls by has 24 to 40 characters. */
const ROOM = 64;
const ASCII_END = 0x80;
/** Length of what stands elsewhere. */
const ELSEWHERE = 0xff;

/**
 * Ids in places that are used again and again, as bytes outside the heap. As strings they would be what
 * of a long log outlives a collection: each is new, and is dropped a few thousand lines later.
 */
export class IdTexts {
	#bytes = new Uint8Array(0);
	#lengths = new Uint8Array(0);
	/** Those that are longer, or have other characters. */
	#others = new Map<number, string>();

	set(place: number, id: string): void {
		if (place >= this.#lengths.length) this.#grow(place);
		if (this.#lengths[place] === ELSEWHERE) this.#others.delete(place);
		const isWritten = id.length <= ROOM && this.#write(place * ROOM, id);
		this.#lengths[place] = isWritten ? id.length : ELSEWHERE;
		if (!isWritten) this.#others.set(place, id);
	}

	at(place: number): string {
		const length = this.#lengths[place] ?? 0;
		if (length === ELSEWHERE) return this.#others.get(place) ?? "";
		const start = place * ROOM;
		// Spread, every character would be an object for a moment.
		const bytes: ArrayLike<number> = this.#bytes.subarray(start, start + length);
		return String.fromCharCode.apply(null, bytes as number[]);
	}

	copy(): IdTexts {
		const copy = new IdTexts();
		copy.#bytes = this.#bytes.slice();
		copy.#lengths = this.#lengths.slice();
		copy.#others = new Map(this.#others);
		return copy;
	}

	/** @returns false where it has a character that a byte cannot hold */
	#write(start: number, id: string): boolean {
		for (let index = 0; index < id.length; index++) {
			const unit = id.charCodeAt(index);
			if (unit >= ASCII_END) return false;
			this.#bytes[start + index] = unit;
		}
		return true;
	}

	#grow(place: number): void {
		const places = Math.max(16, Math.ceil(place * 1.5));
		const [bytes, lengths] = [this.#bytes, this.#lengths];
		this.#bytes = new Uint8Array(places * ROOM);
		this.#bytes.set(bytes);
		this.#lengths = new Uint8Array(places);
		this.#lengths.set(lengths);
	}
}
