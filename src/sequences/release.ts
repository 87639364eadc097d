/**
 * Frees large arrays at once, which must not be used any more: a quiet thread would not collect them
 * for long, and hundreds of MB may be asked for next.
 */
export function release(arrays: Iterable<unknown>): void {
	for (const array of arrays) {
		if (!ArrayBuffer.isView(array)) continue;
		const buffer: ArrayBufferLike & { transfer?(length: number): unknown } = array.buffer;
		// Node 20, where the command line may run, has no transfer.
		buffer.transfer?.(0);
	}
}
