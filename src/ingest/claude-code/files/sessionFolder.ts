/** Finds the folder that a session was started in, which calls made further down do not say. */
export class SessionFolder {
	/** How the client names its own folder of this session's transcripts; empty where it is not known. */
	readonly #slug: string;
	#first = "";

	constructor(slug: string) {
		this.#slug = slug;
	}

	/** Whether a line has told of any folder. */
	get isKnown(): boolean {
		return this.#first !== "";
	}

	/** A line was written in this folder. */
	note(cwd: string): void {
		this.#first ||= cwd;
	}

	/**
	 * The folder around a call or its file that the slug was made of: it is the same from whatever line
	 * on the transcript is read. Else the folder of the first line that was read; empty without one.
	 */
	of(cwd: string, filePath: string): string {
		return this.#named(cwd) ?? this.#named(filePath) ?? this.#first;
	}

	/** The client makes a hyphen of all but letters and digits. */
	#named(path: string): string | null {
		if (path.replace(/[^a-zA-Z0-9]/g, "-") === this.#slug) return path;
		for (const { index } of path.matchAll(/[/\\]/g)) {
			const folder = path.slice(0, index);
			if (folder !== "" && folder.replace(/[^a-zA-Z0-9]/g, "-") === this.#slug) return folder;
		}
		return null;
	}
}
