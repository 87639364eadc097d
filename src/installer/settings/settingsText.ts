import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import type { HookedClient } from "../../ingest/clients/hookedClients.ts";
import { SettingsError } from "./settingsError.ts";

const BOM = "\uFEFF";

/**
 * Parts of a settings file. Comments and trailing commas are allowed, so that they can be kept; the
 * client allows none, see {@link isIgnoredByClient}.
 */
interface SettingsText {
	readonly bom: string;
	readonly text: string;
	/** The object that the file holds; null where it holds nothing but space. */
	readonly root: Node | null;
}

/** @throws SettingsError for what is no JSON object, with its place */
export function parseSettings(all: string): SettingsText {
	const bom = all.startsWith(BOM) ? BOM : "";
	const text = all.slice(bom.length);
	if (/^[ \t\r\n]*$/.test(text)) return { bom, text, root: null };
	const errors: ParseError[] = [];
	const root = parsedTree(text, errors);
	const [first] = errors;
	if (first !== undefined) throw new SettingsError(meaning(first), text, first.offset);
	if (root?.type !== "object") {
		throw new SettingsError("not a JSON object", text, root?.offset ?? 0);
	}
	return { bom, text, root };
}

/**
 * Whether a client passes over a file that {@link parseSettings} reads: mostly it takes JSON as it is
 * defined, so that one comment or trailing comma costs the whole file, and some take no keys but their own.
 */
export function isIgnoredByClient(all: string, { hooks }: HookedClient): boolean {
	const { bom, text, root } = parseSettings(all);
	if (root === null) return false;
	const { onlyKeys } = hooks;
	if (onlyKeys !== undefined && (bom !== "" || !hasOnly(root, onlyKeys))) return true;
	if (hooks.takesComments) {
		const errors: ParseError[] = [];
		parseTree(text, errors);
		return errors.length > 0;
	}
	try {
		JSON.parse(text);
		return false;
	} catch {
		return true;
	}
}

/** Whether an object has no other keys than these, and none twice. */
function hasOnly(object: Node, keys: readonly string[]): boolean {
	const own = (object.children ?? []).map(keyOf);
	return new Set(own).size === own.length && own.every((key) => keys.includes(key));
}

/** Value of an object's key; the last one counts where a key stands twice, as for JSON.parse. */
export function valueAt(object: Node | null | undefined, key: string): Node | undefined {
	if (object?.type !== "object") return undefined;
	return object.children?.findLast((property) => keyOf(property) === key)?.children?.[1];
}

export function keyOf(property: Node): string {
	return String(property.children?.[0]?.value);
}

/** Elements of a list; none where it is no list. */
export function elementsOf(node: Node | undefined): readonly Node[] {
	return node?.type === "array" ? (node.children ?? []) : [];
}

function parsedTree(text: string, errors: ParseError[]): Node | undefined {
	try {
		return parseTree(text, errors, { allowTrailingComma: true });
	} catch (error) {
		if (error instanceof RangeError) throw new SettingsError("nested too deep to be read");
		throw error;
	}
}

function meaning({ error }: ParseError): string {
	const words = printParseErrorCode(error).replace(/([a-z])([A-Z])/g, "$1 $2");
	return words.toLowerCase();
}
