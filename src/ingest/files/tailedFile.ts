import { createHash } from "node:crypto";
import { statSync } from "node:fs";
import { crc32 } from "node:zlib";
import { OpenFile } from "./openFile.ts";

/** A place in one certain file. */
export interface FilePosition {
	/**
	 * Device, inode and a hash of the file's beginning, since inodes are given out again; up to where it
	 * was read, which may be behind the offset, and a checksum of what stood there, since it may be
	 * rewritten in place.
	 */
	readonly identity: string;
	/** Bytes before it. */
	readonly offset: number;
}

/**
 * Bytes before the offset that are read again to tell whether the file was rewritten in place: several
 * lines, since two lines often end alike.
 */
const ANCHOR_BYTES = 4096;
/** Bytes at the beginning of a file that tell it from another one with its inode. */
const HEAD_BYTES = 64;
const NOTHING = Buffer.alloc(0);

/**
 * An append-only file with a position in it. Holds the file open, so that one that was renamed or
 * removed can still be read to its end and its inode cannot be given to another file meanwhile.
 */
export class TailedFile {
	readonly #path: string;
	#file: OpenFile | null = null;
	#identity = "";
	#offset = 0;
	#size = 0;
	#isAtEnd = false;
	#readBefore = 0;
	/** Closed for now, with its place and what stood before it. */
	#isReleased = false;
	/** Checksum of what stood before the offset when it was read. */
	#anchor = 0;
	#head: Buffer = NOTHING;
	#start: FilePosition | null;

	/** @param start where to begin if the path still names that file; else at zero */
	constructor(path: string, start: FilePosition | null = null) {
		this.#path = path;
		this.#start = start;
	}

	get offset(): number {
		return this.#offset;
	}

	/** Bytes of the file when last looked at. */
	get size(): number {
		return Math.max(this.#size, this.#offset);
	}

	/** @returns this file's place at an offset up to the present one; null while none is open */
	positionAt(offset: number): FilePosition | null {
		if (this.#file === null) return null;
		const end = `${this.#offset}:${this.#anchor.toString(16)}`;
		return {
			identity: `${this.#identity}:${hashOf(this.#head.subarray(0, offset))}:${end}`,
			offset,
		};
	}

	/** Up to where an earlier run has read what is read again, in bytes. */
	get readBefore(): number {
		return this.#readBefore;
	}

	/** True once a read came back with less than there was room for. */
	get isAtEnd(): boolean {
		return this.#isAtEnd;
	}

	/**
	 * Finds out what has become of the path.
	 *
	 * @returns `opened` when reading begins at zero, `replaced` when the open file is no longer the
	 * one that the path names, `missing` when the path names none
	 * @throws what the file system says, except that a file is missing
	 */
	async look(): Promise<"current" | "opened" | "replaced" | "missing"> {
		try {
			if (this.#file === null) return await this.#open();
			const { dev, ino } = statSync(this.#path, { bigint: true });
			if (`${dev}:${ino}` !== this.#identity) return "replaced";
			this.#size = Number(this.#file.stat().size);
			return "current";
		} catch (error) {
			const { code } = error as NodeJS.ErrnoException;
			if (code === "ENOENT" || code === "ENOTDIR") return "missing";
			throw error;
		}
	}

	/**
	 * Reads on from the offset.
	 *
	 * @param room for the new bytes and a few before them; where it is too small for those, it only says
	 * how many new bytes there may be
	 * @returns the new bytes, mostly a part of `room`, none at the end; null when what was read before is
	 * no longer there, so that reading begins at zero again
	 */
	async read(room: Buffer): Promise<Buffer | null> {
		if (this.#file === null) return NOTHING;
		const known = Math.min(ANCHOR_BYTES, this.#offset);
		const into = room.length > known ? room : Buffer.allocUnsafe(known + Math.max(1, room.length));
		const bytesRead = await this.#file.read(into, this.#offset - known);
		this.#isAtEnd = bytesRead < into.length;
		if (bytesRead < known || crc32(into.subarray(0, known)) !== this.#anchor) {
			this.#rewind();
			return null;
		}
		if (this.#head.length < HEAD_BYTES) {
			const missing = HEAD_BYTES - this.#head.length;
			const more = into.subarray(known, bytesRead).subarray(0, missing);
			this.#head = unpooled(Buffer.concat([this.#head, more]));
		}
		this.#offset += bytesRead - known;
		this.#anchor = crc32(into.subarray(Math.max(0, bytesRead - ANCHOR_BYTES), bytesRead));
		return into.subarray(known, bytesRead);
	}

	/** Closes the file, but keeps the place in it: the next look reads on if the path still names it. */
	async release(): Promise<void> {
		const file = this.#file;
		this.#file = null;
		this.#isReleased ||= file !== null;
		await file?.close();
	}

	async close(): Promise<void> {
		const file = this.#file;
		this.#file = null;
		this.#isReleased = false;
		this.#rewind();
		this.#size = 0;
		await file?.close();
	}

	async #open(): Promise<"current" | "opened" | "replaced"> {
		const file = new OpenFile(this.#path);
		const stats = file.stat();
		if (!stats.isFile()) {
			await file.close();
			const code = stats.isDirectory() ? "EISDIR" : "ENOTSUP";
			throw Object.assign(new Error("not a plain file"), { code });
		}
		const identity = `${stats.dev}:${stats.ino}`;
		if (this.#isReleased && identity !== this.#identity) {
			await file.close();
			return "replaced";
		}
		this.#file = file;
		this.#identity = identity;
		this.#size = Number(stats.size);
		if (this.#isReleased) {
			this.#isReleased = false;
			return "current";
		}
		this.#rewind();
		const start = this.#start;
		this.#start = null;
		if (start !== null) await this.#goTo(start, file);
		return "opened";
	}

	async #goTo({ identity, offset }: FilePosition, file: OpenFile): Promise<void> {
		if (offset > this.#size || !identity.startsWith(`${this.#identity}:`)) return;
		const head = await readAt(file, 0, HEAD_BYTES);
		const [hash, end, checksum] = identity.slice(this.#identity.length + 1).split(":");
		if (hash !== hashOf(head.subarray(0, offset))) return;
		// Of older versions nothing but the offset is known.
		const known = end === undefined ? null : await anchorAt(file, Number(end));
		if (known !== null && known.toString(16) !== checksum) return;
		this.#anchor = await anchorAt(file, offset);
		this.#readBefore = readUpTo({ identity, offset });
		this.#head = head;
		this.#offset = offset;
	}

	#rewind(): void {
		this.#offset = 0;
		this.#anchor = 0;
		this.#head = NOTHING;
		this.#isAtEnd = false;
		this.#readBefore = 0;
	}
}

/**
 * A copy with memory of its own. Node cuts small buffers out of a block of 8 to 64 KiB, which a few
 * bytes kept for each of hundreds of files would all keep.
 */
function unpooled(bytes: Buffer): Buffer {
	const own = Buffer.allocUnsafeSlow(bytes.length);
	bytes.copy(own);
	return own;
}

/** Up to where a file was read by the time that its position was taken, in bytes. */
export function readUpTo({ identity, offset }: FilePosition): number {
	const [, , , end] = identity.split(":");
	return end === undefined ? offset : Number(end);
}

function hashOf(bytes: Buffer): string {
	return createHash("sha256").update(bytes).digest("hex").slice(0, 16);
}

/** Checksum of what stands before an offset. */
async function anchorAt(file: OpenFile, offset: number): Promise<number> {
	const known = Math.min(ANCHOR_BYTES, offset);
	return crc32(await readAt(file, offset - known, known));
}

async function readAt(file: OpenFile, position: number, length: number): Promise<Buffer> {
	const into = Buffer.alloc(length);
	return into.subarray(0, await file.read(into, position));
}
