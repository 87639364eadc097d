import { randomBytes } from "node:crypto";
import * as fs from "node:fs/promises";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { SettingsError } from "./settingsError.ts";

/** Files are renamed over again when another program has them open, as happens on Windows. */
const RENAME_TRIES = 5;

/** A settings file as it was read. */
export interface SettingsContent {
	/** As it was named. */
	readonly file: string;
	/** The file itself, when the name is that of a link. */
	readonly realFile: string;
	/** null when there is no file. */
	readonly bytes: Uint8Array | null;
	/** Its text; empty when there is no file. */
	readonly text: string;
}

/** @throws SettingsError for what is no text in UTF-8, or no file */
export async function readSettingsFile(file: string): Promise<SettingsContent> {
	const realFile = await realPathOf(file);
	const bytes = await bytesOf(realFile);
	try {
		const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
		return { file, realFile, bytes, text: bytes === null ? "" : decoder.decode(bytes) };
	} catch {
		throw new SettingsError("not a text in UTF-8");
	}
}

/**
 * Puts a new text in the place of a file in one step, keeping its mode. A null text removes it.
 *
 * @returns false when the file has changed since it was read; nothing is written then
 */
export async function writeSettingsFile(
	{ realFile, bytes }: SettingsContent,
	text: string | null,
): Promise<boolean> {
	if (text === null) {
		if (!isSame(await bytesOf(realFile), bytes)) return false;
		await fs.rm(realFile, { force: true });
		return true;
	}
	await fs.mkdir(path.dirname(realFile), { recursive: true, mode: 0o700 });
	const before = await fs.stat(realFile).catch(() => null);
	// A rename would overwrite what its owner has protected from writing.
	if (before !== null) await fs.access(realFile, fs.constants.W_OK);
	const temporary = `${realFile}.${process.pid}-${randomBytes(4).toString("hex")}.tmp`;
	try {
		await writeSynced(temporary, text, before?.mode ?? 0o600);
		if (before !== null) await fs.chown(temporary, before.uid, before.gid).catch(() => {});
		if (!isSame(await bytesOf(realFile), bytes)) return false;
		await renamed(temporary, realFile);
		return true;
	} finally {
		await fs.rm(temporary, { force: true });
	}
}

/** Copy of a file as it was before the first change. @returns its path; null when there is no file */
export async function backUpOnce({ realFile, bytes }: SettingsContent): Promise<string | null> {
	if (bytes === null) return null;
	const backup = `${realFile}.agent-live-graph-backup`;
	try {
		const { mode } = await fs.stat(realFile);
		await fs.writeFile(backup, bytes, { flag: "wx", mode: mode & 0o777 });
	} catch (error) {
		if (!isCode(error, "EEXIST")) throw error;
	}
	return backup;
}

export function isCode(error: unknown, code: string): boolean {
	return (error as NodeJS.ErrnoException | null)?.code === code;
}

/** Writes a new file to the disk. @throws when there is one already */
async function writeSynced(file: string, text: string, mode: number): Promise<void> {
	const handle = await fs.open(file, "wx", mode & 0o777);
	try {
		await handle.writeFile(text);
		// The mode given to open() was cut by the umask.
		await handle.chmod(mode & 0o777);
		await handle.sync();
	} finally {
		await handle.close();
	}
}

/** Follows links, also one whose target is not there yet. */
async function realPathOf(file: string, depth = 0): Promise<string> {
	try {
		return await fs.realpath(file);
	} catch (error) {
		if (!isCode(error, "ENOENT") || depth > 20) throw error;
		const target = await fs.readlink(file).catch(() => null);
		if (target !== null) return realPathOf(path.resolve(path.dirname(file), target), depth + 1);
		return path.resolve(file);
	}
}

/**
 * Of regular files only: a pipe would be waited for, and a rename would put a file in the place of
 * a device.
 */
async function bytesOf(file: string): Promise<Uint8Array | null> {
	try {
		if (!(await fs.stat(file)).isFile()) throw new SettingsError("not a regular file");
		return await fs.readFile(file);
	} catch (error) {
		if (isCode(error, "ENOENT")) return null;
		throw error;
	}
}

function isSame(a: Uint8Array | null, b: Uint8Array | null): boolean {
	return a === null || b === null ? a === b : Buffer.compare(a, b) === 0;
}

async function renamed(from: string, to: string): Promise<void> {
	for (let attempt = 1; ; attempt++) {
		try {
			return await fs.rename(from, to);
		} catch (error) {
			const isBusy = ["EPERM", "EACCES", "EBUSY"].some((code) => isCode(error, code));
			if (!isBusy || attempt === RENAME_TRIES) throw error;
			await sleep(50 * attempt);
		}
	}
}
