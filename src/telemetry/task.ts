/** What goes along with a request for as long as it takes. */
export interface Task {
	/** Told the share that is done, 0 to 1. */
	readonly onProgress: (share: number) => void;
	/** Ends it: it rejects with `cancelled`. */
	readonly signal: AbortSignal;
}
