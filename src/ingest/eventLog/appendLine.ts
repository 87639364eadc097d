import { closeSync, constants, fstatSync, mkdirSync, openSync, readSync, writeSync } from "node:fs";
import * as path from "node:path";

const { O_RDWR, O_APPEND, O_CREAT, O_NONBLOCK = 0 } = constants;
const NEWLINE = 0x0a;

/**
 * Appends a line to an event log as hooks do (docs/events.md): with one write, behind a newline, and to
 * nothing but a plain file.
 *
 * @param line without its newline
 * @throws an error of the system, such as that of a full disk
 */
export function appendLine(eventsFile: string, line: string): "written" | "not_a_file" | "cut_off" {
	mkdirSync(path.dirname(eventsFile), { recursive: true, mode: 0o700 });
	const handle = openSync(eventsFile, O_RDWR | O_APPEND | O_CREAT | O_NONBLOCK, 0o600);
	try {
		if (!fstatSync(handle).isFile()) return "not_a_file";
		const bytes = Buffer.from(`${endsWhole(handle) ? "" : "\n"}${line}\n`);
		return writeSync(handle, bytes) === bytes.length ? "written" : "cut_off";
	} finally {
		closeSync(handle);
	}
}

/** False where the log ends otherwise than a line does, as a disk that was full leaves it. */
function endsWhole(handle: number): boolean {
	const { size } = fstatSync(handle);
	const last = Buffer.alloc(1);
	return size === 0 || readSync(handle, last, 0, 1, size - 1) === 0 || last[0] === NEWLINE;
}
