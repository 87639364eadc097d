import { closeSync, existsSync, lstatSync, openSync, renameSync } from "node:fs";
import * as path from "node:path";

/** Size past which the event log is rotated. */
export const ROTATE_ABOVE_BYTES = 64 * 1024 * 1024;

/**
 * Gives the event log a name with the time, and makes an empty one in its place. Only for the
 * owner of the writer's lock, and after the log was read to its end.
 *
 * @param now ms since the epoch
 * @returns the new path; null when the log is a link, which is left alone
 * @throws what the file system says
 */
export function rotate(eventsFile: string, now: number): string | null {
	const stats = lstatSync(eventsFile);
	if (stats.isSymbolicLink()) return null;
	const { dir, name, ext } = path.parse(eventsFile);
	const time = new Date(now).toISOString().replaceAll(":", "-");
	const renamed = path.join(dir, `${name}.${time}${ext}`);
	if (existsSync(renamed)) return null;
	renameSync(eventsFile, renamed);
	// A hook may have been faster; what it wrote stays.
	closeSync(openSync(eventsFile, "a", stats.mode));
	return renamed;
}
