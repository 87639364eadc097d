import { accessSync, constants, statSync } from "node:fs";
import { delimiter, isAbsolute, join } from "node:path";

/** First file of that name in PATH that can be run, or the absolute path itself. */
export function findProgram(name: string): string | undefined {
	if (isAbsolute(name)) {
		return isRunnable(name) ? name : undefined;
	}
	const folders = (process.env.PATH ?? "").split(delimiter);
	const names = process.platform === "win32" ? [`${name}.exe`, `${name}.cmd`] : [name];
	return folders
		.filter(isAbsolute)
		.flatMap((folder) => names.map((file) => join(folder, file)))
		.find(isRunnable);
}

function isRunnable(file: string): boolean {
	try {
		accessSync(file, constants.X_OK);
		return statSync(file).isFile();
	} catch {
		return false;
	}
}
