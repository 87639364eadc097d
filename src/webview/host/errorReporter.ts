import type { PageMessage } from "../../protocol/messages.ts";

/** Longest error text posted, in UTF-16 code units. */
export const MAX_ERROR_LENGTH = 500;
/** Reports allowed per minute: a fault in every frame must not flood the extension's log. */
export const MAX_ERRORS_PER_MINUTE = 10;

/** Tells the extension what went wrong in the page, where nobody would look otherwise. */
export class ErrorReporter {
	readonly #post: (message: PageMessage) => void;
	readonly #now: () => number;
	#windowStart = Number.NEGATIVE_INFINITY;
	#reported = 0;

	constructor(post: (message: PageMessage) => void, now: () => number = () => performance.now()) {
		this.#post = post;
		this.#now = now;
	}

	/** Catches what nothing else does, for as long as the page lives. */
	watch(target: Window): void {
		target.addEventListener("error", (event) => this.report(event.error ?? event.message));
		target.addEventListener("unhandledrejection", (event) => this.report(event.reason));
	}

	report(cause: unknown): void {
		const now = this.#now();
		if (now - this.#windowStart >= 60_000) {
			this.#windowStart = now;
			this.#reported = 0;
		}
		this.#reported++;
		if (this.#reported > MAX_ERRORS_PER_MINUTE) return;
		this.#post({ type: "clientError", message: describe(cause).slice(0, MAX_ERROR_LENGTH) });
	}
}

function describe(cause: unknown): string {
	if (!(cause instanceof Error)) return String(cause);
	return cause.stack ?? `${cause.name}: ${cause.message}`;
}
