import { stampOf } from "./fileStamp.ts";
import type { FollowedFile } from "./followedFile.ts";

/** Which companion file belongs to which transcript, and which of them are to be read again. */
export class Companions {
	/** By absolute path. */
	readonly #files = new Map<string, FollowedFile>();

	/** To be called again once a file is identified: it may have none before. */
	note(file: FollowedFile): void {
		for (const { path } of file.companions) this.#files.set(path, file);
	}

	forget(file: FollowedFile): void {
		for (const { path } of file.companions) this.#files.delete(path);
	}

	/** There is news of a path. @returns the transcript that it says more of; null for other paths */
	due(path: string): FollowedFile | null {
		const file = this.#files.get(path) ?? null;
		for (const companion of file?.companions ?? []) companion.isDue ||= companion.path === path;
		return file;
	}

	/** Looks at all but those of what is over, which are not looked at again. */
	*scan(now: number): Generator<FollowedFile> {
		for (const [path, file] of this.#files) {
			const companion = file.companions.find((each) => each.path === path);
			if (companion === undefined || companion.isDue || file.isQuiet(now)) continue;
			const stamp = stampOf(path);
			if (stamp === null || !companion.hasNews(stamp, now)) continue;
			companion.isDue = true;
			yield file;
		}
	}
}
