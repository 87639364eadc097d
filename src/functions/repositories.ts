import { existsSync } from "node:fs";
import * as path from "node:path";

/** Folders that are kept in mind. */
const MAX_FOLDERS = 10_000;

/** Finds the repository that a file belongs to. */
export class Repositories {
	readonly #roots = new Map<string, string | null>();

	/**
	 * The path of a file below its repository, with forward slashes; below `cwd` where there is none,
	 * and the whole path where it is not there either.
	 *
	 * @param file absolute; neither it nor its folder need exist any more
	 */
	relative(file: string, cwd: string): string {
		const root = this.rootOf(path.dirname(file)) ?? cwd;
		const below = path.relative(root, file);
		const isBelow = root !== "" && below !== "" && !/^\.\.(?:[/\\]|$)/.test(below);
		return (isBelow && !path.isAbsolute(below) ? below : file).replaceAll("\\", "/");
	}

	/** The nearest folder above that has a `.git`; null where there is none. */
	rootOf(folder: string): string | null {
		const known = this.#roots.get(folder);
		if (known !== undefined) return known;
		const parent = path.dirname(folder);
		const root = existsSync(path.join(folder, ".git"))
			? folder
			: parent === folder
				? null
				: this.rootOf(parent);
		if (this.#roots.size >= MAX_FOLDERS) this.#roots.clear();
		this.#roots.set(folder, root);
		return root;
	}
}
