import * as files from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";
import { TelemetryError, type TelemetryReason } from "../../telemetryError.ts";
import { readGrowable } from "./growableFile.ts";
import { seal } from "./seal.ts";

/** What a snapshot needs of the file system; a test puts faults in. */
export type SnapshotFiles = Pick<
	typeof files,
	"mkdirSync" | "renameSync" | "linkSync" | "copyFileSync" | "rmSync" | "statSync"
> & {
	/** All bytes of a file. */
	read(file: string): Uint8Array;
	/** Writes and syncs a new file. The bytes may change as soon as the call has returned. */
	write(file: string, bytes: Uint8Array): Promise<void>;
};

export const realFiles: SnapshotFiles = { ...files, read: readGrowable, write: writeSynced };

/**
 * Where a database really lies: a link to one stays a link, and what stands beside the file, its lock and
 * its backup, is one for all who name it.
 *
 * @param file may be missing, or a link to what is missing; of one that leads nowhere or cannot be read
 * whoever opens it says so
 */
export function realDatabaseFile(file: string): string {
	let real = file;
	try {
		for (let links = 0; links < MAX_LINKS; links++) {
			if (!files.lstatSync(real).isSymbolicLink()) return real;
			real = path.resolve(path.dirname(real), files.readlinkSync(real));
		}
	} catch {
		return real;
	}
	return file;
}

/** As many as Linux follows. */
const MAX_LINKS = 40;

/**
 * What SQLite leaves beside a database that it has not finished with. Of another content it would take
 * the pages for those of this one: https://www.sqlite.org/howtocorrupt.html
 */
const BESIDE = ["-journal", "-wal", "-shm"];

/** Tells one state of the file from another. */
export type SnapshotStamp = string;

/**
 * The database on disk. A new state takes the old one's place in one step, and the old one stays
 * as `.bak`, so that at any moment one whole database has the name.
 */
export class SnapshotFile {
	readonly path: string;
	readonly backup: string;
	readonly #files: SnapshotFiles;

	constructor(file: string, fileSystem: SnapshotFiles = realFiles) {
		this.path = realDatabaseFile(file);
		this.backup = `${this.path}.bak`;
		this.#files = fileSystem;
	}

	/** @returns null when there is no file */
	stamp(): SnapshotStamp | null {
		try {
			const { ino, size, mtimeNs } = this.#files.statSync(this.path, { bigint: true });
			return `${ino}:${size}:${mtimeNs}`;
		} catch {
			return null;
		}
	}

	/** Bytes; 0 when there is no file. */
	get size(): number {
		return this.#files.statSync(this.path, { throwIfNoEntry: false })?.size ?? 0;
	}

	/** ms since the epoch; null when there is no file. */
	get modifiedAt(): number | null {
		return this.#files.statSync(this.path, { throwIfNoEntry: false })?.mtimeMs ?? null;
	}

	/**
	 * @returns null when there is no such file
	 * @throws what the file system says otherwise
	 */
	read(file: string = this.path): Uint8Array | null {
		try {
			return this.#files.read(file);
		} catch (error) {
			if (isMissing(error)) return null;
			throw asTelemetryError(error, file);
		}
	}

	/**
	 * @param bytes taken before the call returns, so that they may be memory that goes on changing
	 * @param mayReplace asked right before the file gets its name
	 * @throws TelemetryError `disk_full`, `not_writable`, `not_writer` or `failed`; what was saved
	 * before is untouched then
	 */
	async save(bytes: Uint8Array, mayReplace: () => boolean): Promise<void> {
		const temporary = `${this.path}.${process.pid}-${Date.now().toString(36)}.tmp`;
		try {
			this.#files.mkdirSync(path.dirname(this.path), { recursive: true, mode: 0o700 });
			await this.#files.write(temporary, bytes);
			if (!mayReplace()) throw notWriter();
			this.#keepBackup();
			this.#replace(this.path, temporary);
			syncFolder(path.dirname(this.path));
		} catch (error) {
			this.#tryRemove(temporary);
			throw asTelemetryError(error, this.path);
		}
	}

	/** Moves a damaged file out of the way; returns its new name. */
	moveAside(now: number): string {
		const time = new Date(now).toISOString().replaceAll(":", "-");
		const aside = `${this.path}.corrupt-${time}`;
		this.#files.renameSync(this.path, aside);
		return aside;
	}

	/** Removes what killed processes left behind. Only for the owner of the lock. */
	removeLeftovers(): void {
		const { dir, base } = path.parse(this.path);
		for (const name of files.readdirSync(dir)) {
			if (name.startsWith(`${base}.`) && name.endsWith(".tmp"))
				this.#tryRemove(path.join(dir, name));
		}
	}

	/** The present file gets a second name, so that it is never without its first. */
	#keepBackup(): void {
		if (this.stamp() === null) return;
		const temporary = `${this.backup}.tmp`;
		this.#files.rmSync(temporary, { force: true });
		try {
			this.#files.linkSync(this.path, temporary);
		} catch {
			this.#files.copyFileSync(this.path, temporary);
		}
		this.#replace(this.backup, temporary);
	}

	#replace(database: string, next: string): void {
		for (const end of BESIDE) this.#files.rmSync(`${database}${end}`, { force: true });
		this.#files.renameSync(next, database);
	}

	#tryRemove(file: string): void {
		try {
			this.#files.rmSync(file, { force: true });
		} catch {
			// The next owner of the lock removes it.
		}
	}
}

/** Names the reason behind an error of the file system. */
export function asTelemetryError(error: unknown, file: string): TelemetryError {
	if (error instanceof TelemetryError) return error;
	const { code = "", message = String(error) } = error as NodeJS.ErrnoException;
	const known = REASONS[code];
	if (known === undefined) {
		return new TelemetryError("failed", `${file}: ${message}`, { cause: error });
	}
	const [reason, text] = known;
	return new TelemetryError(reason, `${text}: ${file} (${code}).`, { cause: error });
}

export function notWriter(): TelemetryError {
	return new TelemetryError("not_writer", "Another process writes this database.");
}

const FULL = ["disk_full", "The disk is full, the telemetry is kept in memory until there is room"];
const DENIED = ["not_writable", "The telemetry cannot be saved for lack of permission"];
const REASONS: Readonly<Record<string, readonly [TelemetryReason, string]>> = Object.fromEntries([
	...["ENOSPC", "EDQUOT"].map((code) => [code, FULL]),
	...["EACCES", "EPERM", "EROFS"].map((code) => [code, DENIED]),
]);

function isMissing(error: unknown): boolean {
	const { code } = error as NodeJS.ErrnoException;
	return code === "ENOENT" || code === "ENOTDIR";
}

/** Beyond it the thread would not come round for too long, also to keep the writer's lock. */
const MAX_AT_ONCE = 64 * 2 ** 20;

async function writeSynced(file: string, bytes: Uint8Array): Promise<void> {
	if (bytes.length > MAX_AT_ONCE) return writeCopy(file, new Uint8Array(bytes));
	const handle = files.openSync(file, "wx", 0o600);
	try {
		files.writeFileSync(handle, bytes);
		seal(bytes, (sum, place) => files.writeSync(handle, sum, 0, sum.length, place));
		await promisify(files.fsync)(handle);
	} finally {
		files.closeSync(handle);
	}
}

async function writeCopy(file: string, copy: Uint8Array): Promise<void> {
	seal(copy, (sum, place) => copy.set(sum, place));
	const handle = await files.promises.open(file, "wx", 0o600);
	try {
		await handle.writeFile(copy);
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** Makes the renaming last; not every system can open a folder. */
function syncFolder(folder: string): void {
	try {
		const handle = files.openSync(folder, "r");
		try {
			files.fsyncSync(handle);
		} finally {
			files.closeSync(handle);
		}
	} catch {
		// Windows: the file system does it by itself.
	}
}
