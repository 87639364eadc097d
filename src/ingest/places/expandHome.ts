import * as path from "node:path";

/** A path with a leading `~` replaced by the home folder. */
export function expandHome(file: string, home: string): string {
	return /^~(?=$|[/\\])/.test(file) ? path.join(home, file.slice(1)) : file;
}
