/** What a page kept under a name; undefined where that is nothing. */
export function stored(storage: Storage, key: string): unknown {
	try {
		return JSON.parse(storage.getItem(key) ?? "null") ?? undefined;
	} catch {
		return undefined;
	}
}
