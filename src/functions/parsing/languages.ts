import type { LanguageName } from "../../facts/grammars.ts";

/** Languages that functions are told of. */
export type SourceLanguage = LanguageName;

/** Larger files are generated or data; they are left out, and counted. */
export const MAX_SOURCE_BYTES = 1024 * 1024;

const BY_EXTENSION: ReadonlyMap<string, SourceLanguage> = new Map<string, SourceLanguage>([
	...pairs("typescript", "ts mts cts"),
	...pairs("tsx", "tsx"),
	...pairs("javascript", "js mjs cjs jsx"),
	...pairs("python", "py pyi"),
	...pairs("go", "go"),
	...pairs("rust", "rs"),
	...pairs("java", "java"),
	...pairs("c-sharp", "cs"),
	...pairs("cpp", "cc cpp cxx c++ h hh hpp hxx"),
	...pairs("ruby", "rb rake"),
	...pairs("php", "php"),
	...pairs("bash", "sh bash"),
]);

/** The language of a file by its name; null for what holds no functions. */
export function languageOf(path: string): SourceLanguage | null {
	const extension = /\.([a-z+]+)$/i.exec(path)?.[1]?.toLowerCase();
	return BY_EXTENSION.get(extension ?? "") ?? null;
}

function pairs(language: SourceLanguage, extensions: string): [string, SourceLanguage][] {
	return extensions.split(" ").map((extension) => [extension, language]);
}
