/** Transcripts that are open at the same time for the sake of titles. */
const AT_ONCE = 8;

/**
 * What sessions were asked first. It is read once and kept in memory: a list asks for hundreds, again
 * whenever it changes. What is not known yet is asked for again.
 */
export class SessionPrompts {
	readonly #read: (session: string) => Promise<string | null>;
	readonly #known = new Map<string, string>();
	readonly #waiting: (() => void)[] = [];
	#running = 0;

	/** @param read null where no transcript tells; may fail */
	constructor(read: (session: string) => Promise<string | null>) {
		this.#read = read;
	}

	/** null where no transcript tells, or none can be read: a list without a title is still a list. */
	async of(session: string): Promise<string | null> {
		const known = this.#known.get(session);
		if (known !== undefined) return known;
		if (this.#running >= AT_ONCE) await new Promise<void>((go) => this.#waiting.push(go));
		this.#running++;
		const prompt = await this.#read(session).catch(() => null);
		this.#running--;
		this.#waiting.shift()?.();
		if (prompt !== null) this.#known.set(session, prompt);
		return prompt;
	}
}
