import { existsSync } from "node:fs";
import * as path from "node:path";
import {
	below,
	belowNamesake,
	isAroundHome,
	localPath,
	normalPath,
	outsideName,
} from "./filePath.ts";

/** Folders that are kept in mind. */
const MAX_FOLDERS = 10_000;

/** Finds the repository that a file belongs to. */
export class Repositories {
	readonly #roots = new Map<string, string | null>();

	/**
	 * The path of a file below its repository, with forward slashes; where there is none, below the first
	 * of some folders that it is in; where it is in none, a name without a person's.
	 *
	 * @param file absolute, of whatever system; neither it nor its folder need exist any more
	 * @param folders absolute, or empty
	 */
	relative(file: string, folders: readonly string[]): string {
		const normal = normalPath(file);
		const root = this.rootOf(path.dirname(localPath(normal)));
		const known = folders.filter((folder) => folder !== "").map(normalPath);
		for (const folder of root === null ? known : [normalPath(root), ...known]) {
			const found = isAroundHome(folder, normal) ? null : below(normal, folder);
			if (found !== null) return found;
		}
		for (const folder of known) {
			const found = belowNamesake(normal, folder);
			if (found !== null) return found;
		}
		return outsideName(normal);
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
