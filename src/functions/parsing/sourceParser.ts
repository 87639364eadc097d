import type { Tree } from "web-tree-sitter";
import { Grammars, type ReadWasm } from "../../facts/grammars.ts";
import { functionsOf } from "../functionIndex.ts";
import type { SourceFunction } from "../sourceFunction.ts";
import { MAX_SOURCE_BYTES, type SourceLanguage } from "./languages.ts";

/**
 * Steps after which the parse of a file is given up: source of the largest size takes some twenty
 * thousand, what is no source of its language may take for ever.
 */
const MAX_STEPS = 60_000;

/** Tells the functions of source files. */
export interface FunctionParser {
	/**
	 * @returns null for what cannot be parsed: too large, no grammar, or no such language; never
	 * rejects
	 */
	parse(language: SourceLanguage, text: string): Promise<readonly SourceFunction[] | null>;
	/** Anything still asked for afterwards comes back as null. */
	dispose(): Promise<void>;
}

/** Parses in the thread that it is made in. */
export class SourceParser implements FunctionParser {
	readonly #grammars: Grammars;

	constructor(readWasm: ReadWasm) {
		this.#grammars = new Grammars(readWasm);
	}

	async parse(language: SourceLanguage, text: string): Promise<SourceFunction[] | null> {
		if (text.length > MAX_SOURCE_BYTES || !(await this.#grammars.load(language))) return null;
		try {
			const read = (tree: Tree) => functionsOf(tree, language, text);
			return this.#grammars.parse(language, text, read, MAX_STEPS);
		} catch {
			return null;
		}
	}

	async dispose(): Promise<void> {
		this.#grammars.dispose();
	}
}
