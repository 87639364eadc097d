/** Paths of any system, whichever this one is: transcripts are read on other machines too. */

/** Below a person's folder, which is not named. */
const HOME =
	/^(?:[a-z]:|\/private)?\/(?:home|users|export\/home|var\/home|documents and settings)\/([^/]+)(?=\/|$)|^(?:\/var)?\/root(?=\/|$)/i;

/** A drive as Windows, WSL, Cygwin or Git's shell names it; to the latter a folder at the root may be one. */
const DRIVE = /^(?:[a-z]:|\/(?:mnt|cygdrive)\/[a-z](?=\/|$)|\/[a-z](?=\/users\/))/i;

export function isAbsolutePath(path: string): boolean {
	return /^(?:[/\\]|[A-Za-z]:[/\\])/.test(path);
}

/** @param folder absolute, or empty */
export function resolvePath(folder: string, path: string): string {
	return normalPath(isAbsolutePath(path) ? path : `${folder}/${path}`);
}

/**
 * One form for all names of a file: forward slashes, no `.` and `..`, a drive as `c:/` whether Windows,
 * WSL or Git's shell names it, and a distribution's own path where Windows looks into WSL.
 */
export function normalPath(path: string): string {
	const slashed = path
		.replaceAll("\\", "/")
		.replace(/^\/\/[?.]\/(?:UNC\/)?/i, (start) => (start.length > 4 ? "//" : ""))
		.replace(/^\/\/wsl(?:\$|\.localhost)\/[^/]+/i, "")
		.replace(DRIVE, (drive) => `${drive.replace(/:$/, "").slice(-1).toLowerCase()}:`);
	const isShare = slashed.startsWith("//");
	const parts: string[] = [];
	for (const part of slashed.split("/")) {
		if (part === "..") parts.pop();
		else if (part !== "." && part !== "") parts.push(part);
	}
	const start = isShare ? "//" : slashed.startsWith("/") ? "/" : "";
	return start + parts.join("/");
}

/** Where this system has a file of that {@link normalPath}. */
export function localPath(path: string): string {
	return process.platform === "win32" ? path : path.replace(/^([a-z]):/, "/mnt/$1");
}

/** What stands behind a folder in a path below it; null for one that is not. Both are normal. */
export function below(path: string, folder: string): string | null {
	const start = folder.endsWith("/") ? folder : `${folder}/`;
	const isBelow = ofWindows(folder)
		? path.toLowerCase().startsWith(start.toLowerCase())
		: path.startsWith(start);
	return isBelow && folder !== "" && path.length > start.length ? path.slice(start.length) : null;
}

/** What stands behind a folder of that one's last name: the same folder, as another system names it. */
export function belowNamesake(path: string, folder: string): string | null {
	const name = folder.slice(folder.lastIndexOf("/") + 1);
	if (name === "" || name.endsWith(":") || ofWindows(path) === ofWindows(folder)) return null;
	const at = path.toLowerCase().indexOf(`/${name.toLowerCase()}/`);
	const end = at + name.length + 1;
	return at < 0 || isAroundHome(path.slice(0, end), path) ? null : path.slice(end + 1);
}

/**
 * The name of a file that belongs to no folder that is known: `~/…` in a person's folder, else
 * `outside/<name>`. It holds no person's name.
 */
export function outsideName(path: string): string {
	const home = HOME.exec(path);
	const rest = home === null ? null : path.slice(home[0].length + 1);
	const person = home?.[1] ?? "";
	// Some programs make a name of a whole path, such as that of a project.
	const isSafe =
		rest !== null && !(person !== "" && rest.toLowerCase().includes(person.toLowerCase()));
	if (isSafe) return `~/${rest}`;
	const name = path.slice(path.lastIndexOf("/") + 1);
	return `outside/${person === "" ? name : withoutPerson(name, person)}`;
}

function withoutPerson(name: string, person: string): string {
	const exactly = person.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&");
	return name.replace(new RegExp(exactly, "gi"), "~");
}

/** Whether what is below a folder would be named with the person whose it is. */
export function isAroundHome(folder: string, path: string): boolean {
	const home = HOME.exec(path)?.[0];
	return home !== undefined && folder.length < home.length;
}

function ofWindows(path: string): boolean {
	return /^(?:[a-z]:|\/\/)/.test(path);
}
