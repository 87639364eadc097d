/** Of several questions that are asked for one place, only the answer to the last is shown there. */
export class Latest {
	#asked = 0;

	/** The answer; null where something else was asked for before it came, even if it is a failure. */
	async of<Answer>(answer: Promise<Answer>): Promise<Answer | null> {
		const asked = ++this.#asked;
		try {
			const value = await answer;
			return asked === this.#asked ? value : null;
		} catch (error) {
			if (asked === this.#asked) throw error;
			return null;
		}
	}

	/** Nothing that is under way is to be shown any more. */
	forget(): void {
		this.#asked++;
	}
}
