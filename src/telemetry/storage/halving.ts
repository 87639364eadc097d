/** What SQLite says when the whole database, not what was to be written, is at fault. */
const OF_DATABASE = /malformed|disk|memory|readonly|read-only|locked|not a database|transaction/i;

/**
 * Writes what can be written of a batch that failed as a whole: halves it until what fails is one item.
 *
 * @param write all of it or, when it throws, nothing
 * @param leaveOut one that can not be written
 * @throws what `write` says where the items are not at fault
 */
export function writeByHalves<Item>(
	items: readonly Item[],
	write: (items: readonly Item[]) => void,
	leaveOut: (item: Item, error: unknown) => void,
): void {
	const [only] = items;
	if (only === undefined) return;
	try {
		write(items);
	} catch (error) {
		if (OF_DATABASE.test(String(error))) throw error;
		if (items.length === 1) {
			leaveOut(only, error);
			return;
		}
		const half = items.length >> 1;
		writeByHalves(items.slice(0, half), write, leaveOut);
		writeByHalves(items.slice(half), write, leaveOut);
	}
}
