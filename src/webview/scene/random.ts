/** 32-bit FNV-1a of a text: the same node gets the same small differences in every window. */
export function hashText(text: string): number {
	let hash = 0x811c9dc5;
	const length = Math.min(text.length, 300);
	for (let i = 0; i < length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
	return hash >>> 0;
}

/** Evenly spread numbers in [0, 1) from a seed (the mulberry32 recurrence). */
export function seededRandom(seed: number): () => number {
	let state = seed >>> 0;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let bits = Math.imul(state ^ (state >>> 15), state | 1);
		bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
		return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
	};
}
