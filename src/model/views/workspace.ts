/** Whether a session's folder lies in one of the workspace's folders. */
export function isInWorkspace(cwd: string, folders: readonly string[]): boolean {
	const path = comparablePath(cwd);
	return path !== "" && folders.some((folder) => isWithin(path, comparablePath(folder)));
}

function isWithin(path: string, folder: string): boolean {
	return path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);
}

/** Windows paths come with either slash and in any case; only they have a drive letter. */
function comparablePath(path: string): string {
	const slashed = /^[a-z]:/i.test(path) ? path.replaceAll("\\", "/").toLowerCase() : path;
	return slashed.length > 1 ? slashed.replace(/\/+$/, "") : slashed;
}
