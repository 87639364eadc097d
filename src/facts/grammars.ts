import { Language, Parser, type Tree } from "web-tree-sitter";
import { inBaselineCode } from "./baselineCode.ts";

/** Languages that scripts within commands are read in; each has a grammar of its own. */
export const LANGUAGES = ["bash", "python", "javascript", "typescript", "ruby", "php"] as const;
/** Those that only whole files of source are read in. */
export const FILE_LANGUAGES = ["tsx", "go", "rust", "java", "c-sharp", "cpp"] as const;
export type LanguageName = (typeof LANGUAGES)[number] | (typeof FILE_LANGUAGES)[number];

/**
 * Their lexers are one function of 50 to 160 KB. To optimise bash's takes V8 500 MB for a second and
 * 60 MB for good, and makes it no faster.
 */
const HUGE_LEXERS: ReadonlySet<LanguageName> = new Set(["bash", "ruby", "c-sharp", "cpp"]);

/** Reads one file of WebAssembly by its name, such as `tree-sitter-bash.wasm`. */
export type ReadWasm = (fileName: string) => Promise<Uint8Array>;

/**
 * Steps after which a parse is given up: 64 KiB of commands take about a thousand. Counted, not
 * timed, so that the same text always gives the same facts.
 */
const MAX_STEPS = 2000;

/** The engine is one for the whole process, as its memory is. */
let engine: Promise<void> | null = null;

/**
 * The grammars in use. Each is read when it is first asked for, and kept: a grammar takes between
 * one and ten megabytes.
 */
export class Grammars {
	readonly #readWasm: ReadWasm;
	readonly #loading = new Map<LanguageName, Promise<boolean>>();
	readonly #loaded = new Map<LanguageName, Language>();
	#parser: Parser | null = null;

	constructor(readWasm: ReadWasm) {
		this.#readWasm = readWasm;
	}

	/** @returns whether the language can be parsed now; never rejects */
	load(name: LanguageName): Promise<boolean> {
		let loading = this.#loading.get(name);
		if (loading === undefined) {
			loading = this.#load(name);
			this.#loading.set(name, loading);
		}
		return loading;
	}

	/**
	 * Hands a tree to `read`, and frees it afterwards. Null where the grammar is not loaded, or the
	 * text is no such language and takes too long to be made sense of.
	 */
	parse<Value>(
		name: LanguageName,
		text: string,
		read: (tree: Tree) => Value,
		maxSteps = MAX_STEPS,
	): Value | null {
		const language = this.#loaded.get(name);
		if (language === undefined || this.#parser === null) return null;
		this.#parser.setLanguage(language);
		let steps = 0;
		const progressCallback = (): boolean => ++steps > maxSteps;
		const tree = this.#parser.parse(text, null, { progressCallback });
		if (tree === null) {
			this.#parser.reset();
			return null;
		}
		try {
			return read(tree);
		} finally {
			tree.delete();
		}
	}

	dispose(): void {
		this.#parser?.delete();
		this.#parser = null;
		this.#loaded.clear();
	}

	async #load(name: LanguageName): Promise<boolean> {
		try {
			engine ??= startEngine(this.#readWasm);
			await engine;
			const language = await Language.load(await this.#readWasm(`tree-sitter-${name}.wasm`));
			this.#parser ??= new Parser();
			this.#loaded.set(name, language);
			if (HUGE_LEXERS.has(name)) inBaselineCode(() => this.parse(name, "x", () => null));
			return true;
		} catch {
			// What needs the grammar is left out; everything else is derived all the same.
			return false;
		}
	}
}

async function startEngine(readWasm: ReadWasm): Promise<void> {
	try {
		// A copy, because a small file lies in a pool that other buffers share.
		const wasmBinary = (await readWasm("web-tree-sitter.wasm")).slice().buffer;
		await Parser.init({ wasmBinary });
	} catch (error) {
		engine = null;
		throw error;
	}
}
