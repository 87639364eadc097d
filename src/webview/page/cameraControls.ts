import type { Picture } from "../picture.ts";

/** What the user does to the camera by buttons and keys. */
export class CameraControls {
	readonly #picture: Picture;
	readonly #onChosen: () => void;

	/** @param onChosen told of every choice, also where nothing has to glide for it */
	constructor(picture: Picture, onChosen: () => void) {
		this.#picture = picture;
		this.#onChosen = onChosen;
	}

	fit(): void {
		this.#picture.views.fit(this.#picture.moves);
		this.#chosen();
	}

	/** Keeps everything in view from now on, or leaves the camera where it is. */
	toggleFollow(): void {
		if (!this.#picture.views.isFollowing) {
			this.fit();
			return;
		}
		this.#picture.views.claim();
		this.#chosen();
	}

	zoomBy(factor: number): void {
		this.#picture.views.zoomBy(factor, this.#picture.moves);
		this.#chosen();
	}

	/** Px. */
	panBy(dx: number, dy: number): void {
		this.#picture.views.panBy(dx, dy, this.#picture.moves);
		this.#chosen();
	}

	reveal(key: string): void {
		this.#picture.reveal(key);
		this.#chosen();
	}

	#chosen(): void {
		this.#picture.invalidate();
		this.#onChosen();
	}
}
