import { NOT_TOLD, type SessionBeginning } from "../../transcripts/readTranscript.ts";

/** Transcripts that are open at the same time for the sake of titles. */
const AT_ONCE = 8;

/**
 * How sessions began: what was asked first, and on which branch. It is read once and kept in memory: a
 * list asks for hundreds, again whenever it changes. What is not known yet is asked for again.
 */
export class SessionBeginnings {
	readonly #read: (session: string) => Promise<SessionBeginning>;
	readonly #known = new Map<string, SessionBeginning>();
	readonly #waiting: (() => void)[] = [];
	#running = 0;

	/** @param read may fail */
	constructor(read: (session: string) => Promise<SessionBeginning>) {
		this.#read = read;
	}

	/** As far as it was read by now. */
	known(session: string): SessionBeginning {
		return this.#known.get(session) ?? NOT_TOLD;
	}

	/** Where no transcript can be read nothing is told: a list without a title is still a list. */
	async of(session: string): Promise<SessionBeginning> {
		const known = this.#known.get(session);
		if (known !== undefined) return known;
		if (this.#running >= AT_ONCE) await new Promise<void>((go) => this.#waiting.push(go));
		this.#running++;
		const beginning = await this.#read(session).catch(() => NOT_TOLD);
		this.#running--;
		this.#waiting.shift()?.();
		if (beginning.prompt !== null) this.#known.set(session, beginning);
		return beginning;
	}
}
