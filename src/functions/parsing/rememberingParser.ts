import { createHash } from "node:crypto";
import { Recent } from "../../facts/recent.ts";
import type { SourceFunction } from "../sourceFunction.ts";
import type { SourceLanguage } from "./languages.ts";
import type { FunctionParser } from "./sourceParser.ts";

/** Functions that are kept, some 250 bytes each: of about a hundred files. */
const MAX_FUNCTIONS = 3000;

/** Parses a text once, however often the same content comes; keeps no text. */
export class RememberingParser implements FunctionParser {
	readonly #inner: FunctionParser;
	readonly #parsed = new Recent<readonly SourceFunction[] | null>(MAX_FUNCTIONS);

	constructor(inner: FunctionParser) {
		this.#inner = inner;
	}

	async parse(language: SourceLanguage, text: string): Promise<readonly SourceFunction[] | null> {
		const key = `${language} ${createHash("sha1").update(text).digest("base64")}`;
		const known = this.#parsed.get(key);
		if (known !== undefined) return known;
		const functions = await this.#inner.parse(language, text);
		// Another may have asked for the same meanwhile.
		if (this.#parsed.get(key) === undefined) {
			this.#parsed.add(key, functions, 1 + (functions?.length ?? 0));
		}
		return functions;
	}

	dispose(): Promise<void> {
		return this.#inner.dispose();
	}
}
