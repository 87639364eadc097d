/** Greatest probability that any sequence at all is shown that came about by chance. */
const ERROR_RATE = 0.05;

/**
 * Most that the logarithm of a probability may be for one of so many words to be shown: Bonferroni's
 * correction.
 *
 * @param tests how many words are asked about
 */
export function logLimit(tests: number): number {
	return Math.log(ERROR_RATE / Math.max(1, tests));
}

/** How often a part of a word occurs. */
export interface Part {
	readonly all: number;
	/** Where no listed sequence explains it. */
	readonly left: number;
}

/**
 * An upper bound on the logarithm of the probability that two parts meet this often by chance, that
 * is, if each of the places were as likely as any other to be where the second one begins. Hoeffding's
 * (1963): exp(-n · D(k/n ‖ p)) for k of n, D being the divergence of Kullback and Leibler.
 *
 * Asked of what is left of either part, with the share of all places that the other has: what is left
 * was not drawn by chance, so its own shares would say too much. It has to hold from both sides.
 *
 * @param met how often one stands right before the other
 * @param places all there are where anything could begin or a run of calls end
 */
export function logChance(met: number, first: Part, second: Part, places: number): number {
	return Math.max(
		hoeffding(met, first.left, second.all / places),
		hoeffding(met, second.left, first.all / places),
	);
}

/** How many times more often two parts meet than by chance, in the same way. */
export function liftOf(met: number, first: Part, second: Part, places: number): number {
	return (met * places) / Math.max(first.left * second.all, first.all * second.left);
}

function hoeffding(hits: number, tries: number, p: number): number {
	const share = hits / tries;
	if (share <= p) return 0;
	const missed = share >= 1 ? 0 : (1 - share) * Math.log((1 - share) / (1 - p));
	return -tries * (share * Math.log(share / p) + missed);
}
