import type { SourceLanguage } from "../../../src/functions/parsing/languages.ts";
import { SourceParser } from "../../../src/functions/parsing/sourceParser.ts";
import type { SourceFunction } from "../../../src/functions/sourceFunction.ts";
import { readWasm } from "../facts/grammars.ts";

/** One for all tests: grammars are large. */
export const sourceParser = new SourceParser(readWasm);

export async function functionsIn(
	language: SourceLanguage,
	text: string,
): Promise<readonly SourceFunction[]> {
	const found = await sourceParser.parse(language, text);
	if (found === null) throw new Error(`no ${language}`);
	return found;
}

/** The hash of the one function of a text. */
export async function hashIn(language: SourceLanguage, text: string): Promise<string> {
	const [first] = await functionsIn(language, text);
	if (first === undefined) throw new Error("no function");
	return first.hash;
}
