/**
 * MinHash (Broder 1997): the share of equal numbers in two signatures estimates the Jaccard
 * similarity of the sets that they were made from, with a standard error of at most 4.5 %.
 */

/** Numbers in a signature. */
export const SIGNATURE_LENGTH = 128;
/** Similarity from which two scripts are the same pattern. */
export const SAME_PATTERN = 0.8;
/**
 * Numbers that two signatures must share in one place to be compared at all. With 32 places a pair
 * of similarity 0.8 is missed once in ten million times.
 */
const BAND_LENGTH = 4;
/** Neighbouring tokens that make one element of the set. */
const SHINGLE = 3;

const SEEDS = Uint32Array.from({ length: SIGNATURE_LENGTH }, (_, index) =>
	mix(Math.imul(index + 1, 0x9e3779b9)),
);

/** Signature of a text by its tokens. */
export function signatureOf(tokens: readonly string[]): Uint32Array {
	const signature = new Uint32Array(SIGNATURE_LENGTH).fill(0xffffffff);
	for (const shingle of shinglesOf(tokens)) {
		for (let index = 0; index < SIGNATURE_LENGTH; index++) {
			const hash = mix(shingle ^ (SEEDS[index] ?? 0));
			if (hash < (signature[index] ?? 0)) signature[index] = hash;
		}
	}
	return signature;
}

/** Estimated share of what two texts have in common, 0 to 1. */
export function similarity(a: Uint32Array, b: Uint32Array): number {
	let same = 0;
	for (let index = 0; index < SIGNATURE_LENGTH; index++) if (a[index] === b[index]) same++;
	return same / SIGNATURE_LENGTH;
}

/** Whole numbers of which similar signatures share at least one: what to look candidates up by. */
export function bandsOf(signature: Uint32Array): number[] {
	const bands: number[] = [];
	for (let from = 0; from < SIGNATURE_LENGTH; from += BAND_LENGTH) {
		let [low, high] = [from + 1, ~from];
		for (const value of signature.subarray(from, from + BAND_LENGTH)) {
			low = mix(low ^ value);
			high = mix(Math.imul(high, 31) ^ value);
		}
		// 52 bits: what fits into a double, and into SQLite's integers.
		bands.push((low >>> 0) + (high >>> 12) * 2 ** 32);
	}
	return bands;
}

function shinglesOf(tokens: readonly string[]): Set<number> {
	const hashes = tokens.map(hashText);
	const shingles = new Set<number>();
	const last = Math.max(0, hashes.length - SHINGLE);
	for (let from = 0; from <= last; from++) {
		let hash = 0;
		for (const token of hashes.slice(from, from + SHINGLE)) hash = mix(Math.imul(hash, 31) ^ token);
		shingles.add(hash);
	}
	return shingles;
}

/** FNV-1a over UTF-16 code units. */
function hashText(text: string): number {
	let hash = 0x811c9dc5;
	for (let index = 0; index < text.length; index++) {
		hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
	}
	return hash >>> 0;
}

/** The finaliser of MurmurHash3. */
function mix(value: number): number {
	let hash = value ^ (value >>> 16);
	hash = Math.imul(hash, 0x85ebca6b);
	hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
	return (hash ^ (hash >>> 16)) >>> 0;
}
