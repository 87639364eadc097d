/** Relative error of a percentile at most. */
const ALPHA = 0.02;
const GAMMA = (1 + ALPHA) / (1 - ALPHA);
const LOG_GAMMA = Math.log(GAMMA);
/** Everything up to a tenth of a millisecond counts as nothing. */
const ZERO_BELOW_MS = 0.1;
const ZERO_BUCKET = -1000;

/**
 * Durations by logarithmic buckets, from which any percentile is known to 2 %. The buckets are
 * those of DDSketch (Masson, Rim, Lee 2019, https://arxiv.org/abs/1908.10693) without its bound on
 * their number: durations from 0.1 ms to a month need 560.
 */
export class LogHistogram {
	readonly #counts: Map<number, number>;
	#total = 0;

	constructor(counts: Iterable<readonly [bucket: number, count: number]> = []) {
		this.#counts = new Map(counts);
		for (const count of this.#counts.values()) this.#total += count;
	}

	/** @param text what {@link toString} gave */
	static parse(text: string): LogHistogram {
		return new LogHistogram(JSON.parse(text) as [number, number][]);
	}

	get total(): number {
		return this.#total;
	}

	/** @param times 1 to add the duration, -1 to take it out again */
	add(ms: number, times = 1): void {
		const bucket = bucketOf(ms);
		const count = (this.#counts.get(bucket) ?? 0) + times;
		if (count === 0) this.#counts.delete(bucket);
		else this.#counts.set(bucket, count);
		this.#total += times;
	}

	/**
	 * @param share 0 to 1
	 * @returns ms; null when the histogram is empty
	 */
	quantile(share: number): number | null {
		return this.quantiles([share])[0] ?? null;
	}

	/** Takes in everything that another one holds, which another bundle may have made: it is asked, not looked into. */
	absorb(other: Pick<LogHistogram, "counts" | "total">): void {
		for (const [bucket, count] of other.counts()) {
			this.#counts.set(bucket, (this.#counts.get(bucket) ?? 0) + count);
		}
		this.#total += other.total;
	}

	/** What is left without these, which are within. */
	without(others: Iterable<readonly [bucket: number, count: number]>): LogHistogram {
		const left = new Map(this.#counts);
		for (const [bucket, count] of others) left.set(bucket, (left.get(bucket) ?? 0) - count);
		return new LogHistogram([...left].filter(([, count]) => count > 0));
	}

	/**
	 * Percentiles, in one walk.
	 *
	 * @param shares 0 to 1, rising
	 * @returns ms; null where the histogram is empty
	 */
	quantiles(shares: readonly number[]): (number | null)[] {
		return quantilesOf(this.counts(), shares);
	}

	/** Pairs of bucket and count, by bucket. */
	counts(): [bucket: number, count: number][] {
		return [...this.#counts].sort(([a], [b]) => a - b);
	}

	/** The pairs as JSON. */
	toString(): string {
		return JSON.stringify(this.counts());
	}
}

/**
 * Percentiles of counts by bucket, in one walk.
 *
 * @param buckets pairs of bucket and count, by bucket
 * @param shares 0 to 1, rising
 * @returns ms; null where nothing is counted
 */
export function quantilesOf(
	buckets: readonly (readonly [bucket: number, count: number])[],
	shares: readonly number[],
): (number | null)[] {
	let total = 0;
	for (const [, count] of buckets) total += count;
	if (total === 0) return shares.map(() => null);
	let index = -1;
	let seen = 0;
	return shares.map((share) => {
		const rank = share * (total - 1);
		while (seen <= rank && index < buckets.length - 1) seen += buckets[++index]?.[1] ?? 0;
		return middleOf(buckets[index]?.[0] ?? ZERO_BUCKET);
	});
}

/** The bucket that a duration is in. */
export function bucketOf(ms: number): number {
	return ms < ZERO_BELOW_MS ? ZERO_BUCKET : Math.ceil(Math.log(ms) / LOG_GAMMA);
}

/** The longest duration in a bucket, ms. */
export function endOfBucket(bucket: number): number {
	return bucket === ZERO_BUCKET ? ZERO_BELOW_MS : GAMMA ** bucket;
}

/** The value in the bucket's middle, by ratio: off by at most ALPHA at both its ends. */
function middleOf(bucket: number): number {
	return bucket === ZERO_BUCKET ? 0 : (2 * GAMMA ** bucket) / (GAMMA + 1);
}
