import type { Speed } from "../../model/replay/playback.ts";

/** Whether a replay plays, and how fast. */
export class Player {
	speed: Speed = 1;
	skipsPauses = true;
	/** Frame clock of the last step; null while it does not play, and at its first step. */
	#last: number | null = null;
	#isPlaying = false;

	get isPlaying(): boolean {
		return this.#isPlaying;
	}

	set isPlaying(isPlaying: boolean) {
		this.#isPlaying = isPlaying;
		this.#last = null;
	}

	/** How much of the session is to be played since the last step, ms. @param now frame clock */
	step(now: number): number {
		const elapsed = this.#last === null ? 0 : now - this.#last;
		this.#last = now;
		return elapsed * this.speed;
	}
}
