/** Whether a line was written by client 2.1.<patch> or a later one; false where it does not say. */
export function isFrom(patch: number, version: unknown): boolean {
	if (typeof version !== "string") return false;
	const [major = 0, minor = 0, own = 0] = version.split(".", 3).map(Number);
	return major > 2 || (major === 2 && (minor > 1 || (minor === 1 && own >= patch)));
}
