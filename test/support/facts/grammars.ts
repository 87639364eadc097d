import { readFile } from "node:fs/promises";
import { Grammars, LANGUAGES } from "../../../src/facts/grammars.ts";

const PACKAGES = new URL("../../../node_modules/", import.meta.url);

/** A file of WebAssembly from the package that it is copied from. */
export function readWasm(fileName: string): Promise<Uint8Array> {
	const folder = fileName.startsWith("web-")
		? "web-tree-sitter/"
		: "@vscode/tree-sitter-wasm/wasm/";
	return readFile(new URL(folder + fileName, PACKAGES));
}

let loaded: Promise<Grammars> | null = null;

/** All grammars, loaded once. */
export function allGrammars(): Promise<Grammars> {
	loaded ??= (async () => {
		const grammars = new Grammars(readWasm);
		await Promise.all(LANGUAGES.map((name) => grammars.load(name)));
		return grammars;
	})();
	return loaded;
}
