/** A function that calls can be put down to. */
export interface KnownFunction {
	readonly id: string;
	readonly name: string;
	/** Absolute; null where none is known. */
	readonly filePath: string | null;
}

/** Where known functions come from: a registry that somebody keeps, or the index of a workspace. */
export type KnownFrom = "registry" | "index";

/** Characters of a command or an argument that are looked at. */
const MAX_TEXT = 64 * 1024;
const MAX_DEPTH = 4;

/** Whole words of a text; a path, an id and a qualified name are one word each. */
const WORD = /[A-Za-z_$][\w$.:/#~-]*/g;

/** Tells the registered function that a call is about. Its cost is bound by the text alone. */
export class KnownFunctions {
	#ids = new Set<string>();
	/** By id and by name; null for a name that several have. */
	#byWord = new Map<string, string | null>();
	/** Absolute paths of files with one function; null for files with several. */
	#byFile = new Map<string, string | null>();

	get size(): number {
		return this.#ids.size;
	}

	/** Takes the place of all that was known. */
	replace(functions: readonly KnownFunction[], from: KnownFrom): void {
		this.#ids = new Set(functions.map(({ id }) => id));
		this.#byWord = new Map();
		this.#byFile = new Map();
		for (const { id, name, filePath } of functions) {
			if (from === "registry" || isTelling(name)) addOnce(this.#byWord, name, id);
			// Lines tell which function of an indexed file was changed; a registry has no lines.
			if (filePath !== null && from === "registry") addOnce(this.#byFile, filePath, id);
		}
		for (const id of this.#ids) this.#byWord.set(id, id);
	}

	/** The first function that a command or a script within names. */
	namedIn(text: string): string | null {
		if (this.#ids.size === 0) return null;
		for (const [word] of text.slice(0, MAX_TEXT).matchAll(WORD)) {
			const id = this.named(word) ?? this.named(word.replace(/[.:/#~-]+$/, ""));
			if (id !== null) return id;
		}
		return null;
	}

	/** The function whose id or name a word is. */
	named(word: string): string | null {
		return this.#byWord.get(word) ?? null;
	}

	/** The first function that is named by an argument as a whole, however deep within. */
	namedByArgument(input: unknown, depth = 0): string | null {
		if (this.#ids.size === 0 || depth > MAX_DEPTH) return null;
		if (typeof input === "string") return input.length > 500 ? null : this.named(input.trim());
		if (typeof input !== "object" || input === null) return null;
		for (const value of Object.values(input).slice(0, 100)) {
			const id = this.namedByArgument(value, depth + 1);
			if (id !== null) return id;
		}
		return null;
	}

	/** The one registered function of a file. */
	ofFile(filePath: string): string | null {
		return this.#byFile.get(filePath) ?? null;
	}
}

/**
 * Whether a name of the program's own is no everyday word: an index holds functions called `test`
 * and `run`, and a command that says so means something else.
 */
function isTelling(name: string): boolean {
	return /[a-z\d][A-Z]|[A-Za-z\d]_[A-Za-z\d]|\w\.\w/.test(name);
}

function addOnce(map: Map<string, string | null>, key: string, id: string): void {
	if (key !== "") map.set(key, map.has(key) && map.get(key) !== id ? null : id);
}
