import type { Node, Tree } from "web-tree-sitter";
import type { Grammars, LanguageName } from "../grammars.ts";
import type { InlineScript } from "./inlineScripts.ts";

/** What a token is replaced by, so that it makes no difference. */
const [TEXT, NUMBER, NAME] = ["\u0001", "\u0002", "\u0003"];
const MAX_TOKENS = 8000;

const TEXTS =
	/^(?:string|raw_string|ansi_c_string|template_string|concatenated_string|encapsed_string|heredoc_body|regex|char(?:acter)?_literal|string_literal|simple_symbol|nowdoc_body|heredoc)$/;
const NUMBERS = /^(?:integer|float|number|integer_literal|float_literal|int_literal)$/;

/** Nodes whose part named here (or every name in them, for null) gives a variable its name. */
const BINDERS: Readonly<Record<string, string | null>> = {
	// Python
	assignment: "left",
	augmented_assignment: "left",
	for_statement: "left",
	for_in_clause: "left",
	parameters: null,
	lambda_parameters: null,
	as_pattern_target: null,
	named_expression: "name",
	function_definition: "name",
	class_definition: "name",
	// JavaScript and TypeScript
	variable_declarator: "name",
	formal_parameters: null,
	arrow_function: "parameter",
	function_declaration: "name",
	class_declaration: "name",
	for_in_statement: "left",
	catch_clause: "parameter",
	assignment_expression: "left",
	// Bash
	variable_assignment: "name",
	// Ruby and PHP
	method_parameters: null,
	block_parameters: null,
	method: "name",
};
/** Node types that a name in a program has. */
const NAMES = /^(?:identifier|variable_name|shorthand_property_identifier(?:_pattern)?|name)$/;

/**
 * The tokens of a script without what differs from one time it is written to the next: comments,
 * white space, the values of literals, and the names of variables and functions that it makes.
 */
export function normalise(grammars: Grammars, { language, body }: InlineScript): string[] {
	const parsed =
		language === null ? null : grammars.parse(language, prepared(language, body), tokensOf);
	return parsed ?? plainTokens(body);
}

/** PHP's grammar takes what stands before the opening tag for text. */
function prepared(language: LanguageName, body: string): string {
	return language === "php" && !body.includes("<?") ? `<?php ${body}` : body;
}

function tokensOf({ rootNode }: Tree): string[] {
	const made = new Set<string>();
	const leaves: Node[] = [];
	gather(rootNode, made, leaves);
	return leaves.map((leaf) => tokenOf(leaf, made));
}

/** The leaves of a tree in order; a literal is one leaf. Not recursive, as a tree may be deep. */
function gather(root: Node, made: Set<string>, leaves: Node[]): void {
	const waiting: Node[] = [root];
	for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
		if (leaves.length >= MAX_TOKENS) return;
		if (node.type === "comment") continue;
		if (node.childCount === 0 || TEXTS.test(node.type)) {
			leaves.push(node);
			continue;
		}
		const part = BINDERS[node.type];
		if (part !== undefined) {
			const place = part === null ? node : node.childForFieldName(part);
			if (place !== null) addNames(place, made);
		}
		const { children } = node;
		for (let index = children.length - 1; index >= 0; index--) {
			const child = children[index];
			if (child) waiting.push(child);
		}
	}
}

/** Names that stand in a place where names are made; `a.b = 1` and `a[b] = 1` make none. */
function addNames(place: Node, made: Set<string>): void {
	if (NAMES.test(place.type)) {
		made.add(place.text);
		return;
	}
	if (!/(?:pattern|parameter|list|tuple|target|typed|left|variable)/.test(place.type)) return;
	for (const child of place.namedChildren) {
		const isLabel = child.id === place.childForFieldName("type")?.id;
		const isValue = child.id === place.childForFieldName("value")?.id;
		if (!isLabel && !isValue) addNames(child, made);
	}
}

function tokenOf(leaf: Node, made: ReadonlySet<string>): string {
	if (TEXTS.test(leaf.type)) return TEXT;
	if (NUMBERS.test(leaf.type)) return NUMBER;
	const { text } = leaf;
	if (!NAMES.test(leaf.type) || !made.has(text)) return text;
	return isMember(leaf) ? text : NAME;
}

/** In `a.x` and `f(x=1)` the name is somebody else's. */
function isMember(leaf: Node): boolean {
	const { parent } = leaf;
	if (parent === null) return false;
	if (parent.type === "attribute") return parent.childForFieldName("attribute")?.id === leaf.id;
	return parent.type === "keyword_argument" && parent.childForFieldName("name")?.id === leaf.id;
}

/** A language without a grammar: words and signs, quoted text and numbers replaced. */
function plainTokens(body: string): string[] {
	const found = body.matchAll(/"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\d[\w.]*|[A-Za-z_]\w*|\S/g);
	const tokens: string[] = [];
	for (const [token] of found) {
		if (tokens.length >= MAX_TOKENS) break;
		if (/^["']./.test(token)) tokens.push(TEXT);
		else tokens.push(/^\d/.test(token) ? NUMBER : token.toLowerCase());
	}
	return tokens;
}
