// One set-up at a time in this folder, also when two commands are started at once.
import {
	mkdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/** A holder that has not touched its lock for so long is taken for dead, in milliseconds. */
const STALE_AFTER = 30_000;
const HEARTBEAT = 5_000;
const RETRY = 250;

/**
 * Runs `work` while holding `file`. A lock whose process is gone is taken over.
 * @template T
 * @param {string} file
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(file, work) {
	mkdirSync(dirname(file), { recursive: true });
	let hasToldWaiting = false;
	while (!tryTake(file)) {
		if (!hasToldWaiting) {
			console.error("set-up: another one is at work in this folder, waiting for it");
			hasToldWaiting = true;
		}
		await delay(RETRY);
	}
	const release = () => rmSync(file, { force: true });
	const heartbeat = setInterval(() => utimesSync(file, new Date(), new Date()), HEARTBEAT);
	process.once("exit", release);
	try {
		return await work();
	} finally {
		clearInterval(heartbeat);
		process.off("exit", release);
		release();
	}
}

/** @param {string} file */
function tryTake(file) {
	try {
		writeFileSync(file, String(process.pid), { flag: "wx" });
		return true;
	} catch (error) {
		if (codeOf(error) !== "EEXIST") {
			throw error;
		}
	}
	const holder = readHolder(file);
	if (holder !== undefined && isStale(holder)) {
		takeAway(file, holder);
	}
	return false;
}

/**
 * Moved before it is deleted: of two waiting processes only one can move a given lock away, and
 * one that caught a fresh lock instead puts it back.
 * @param {string} file
 * @param {{ pid: number }} holder
 */
function takeAway(file, holder) {
	const aside = `${file}.${process.pid}`;
	try {
		renameSync(file, aside);
		if (readHolder(aside)?.pid !== holder.pid) {
			renameSync(aside, file);
			return;
		}
		rmSync(aside, { force: true });
	} catch (error) {
		if (codeOf(error) !== "ENOENT") {
			throw error;
		}
	}
}

/**
 * @param {string} file
 * @returns {{ pid: number, touched: number } | undefined}
 */
function readHolder(file) {
	try {
		return { pid: Number(readFileSync(file, "utf8")), touched: statSync(file).mtimeMs };
	} catch {
		return undefined;
	}
}

/** @param {{ pid: number, touched: number }} holder */
function isStale(holder) {
	if (Date.now() - holder.touched > STALE_AFTER) {
		return true;
	}
	try {
		// 0 is what a lock holds between its creation and its writing.
		return holder.pid > 0 && !process.kill(holder.pid, 0);
	} catch (error) {
		return codeOf(error) === "ESRCH";
	}
}

/** @param {unknown} error */
function codeOf(error) {
	return error instanceof Error && "code" in error ? error.code : undefined;
}
