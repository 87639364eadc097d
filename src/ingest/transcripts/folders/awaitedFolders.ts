import { FileHint } from "../../files/fileHint.ts";

/** Folders that are not there yet, so that what comes there need not wait for the next scan. */
export class AwaitedFolders {
	readonly #onNews: () => void;
	readonly #hints = new Map<string, FileHint>();

	constructor(onNews: () => void) {
		this.#onNews = onNews;
	}

	/** To be called after each look at the folder. */
	note(folder: string, isThere: boolean): void {
		const hint = this.#hints.get(folder);
		if (isThere) {
			void hint?.dispose();
			this.#hints.delete(folder);
		} else if (hint !== undefined) {
			hint.rearm();
		} else {
			this.#hints.set(folder, new FileHint(folder, this.#onNews));
		}
	}

	async dispose(): Promise<void> {
		for (const hint of this.#hints.values()) await hint.dispose();
		this.#hints.clear();
	}
}
