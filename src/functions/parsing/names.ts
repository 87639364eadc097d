import type { Node } from "web-tree-sitter";

/** The name that a node gives to what is within; empty where it gives none. */
export type NameOf = (node: Node) => string;

/** Names that are longer say nothing to a reader. */
const MAX_NAME = 120;

/** By the field `name`. */
export const ownName: NameOf = (node) => textOf(node.childForFieldName("name"));

/** Its own name, else that of what it is assigned to. */
export const ownOrAssignedName: NameOf = (node) => ownName(node) || assignedName(node);

/** What stands between a function and the place that it is assigned to, and changes nothing. */
const TRANSPARENT: ReadonlySet<string> = new Set([
	"parenthesized_expression",
	"as_expression",
	"satisfies_expression",
	"non_null_expression",
	"expression_list",
	"equals_value_clause",
]);

/** Fields that hold the name, by the type of the node that assigns. */
const ASSIGNING: ReadonlyMap<string, string> = new Map([
	["variable_declarator", "name"],
	["assignment_expression", "left"],
	["assignment", "left"],
	["short_var_declaration", "left"],
	["var_spec", "name"],
	["pair", "key"],
	["public_field_definition", "name"],
	["field_definition", "property"],
	["let_declaration", "pattern"],
	["init_declarator", "declarator"],
]);

/** `const name = ...`, `name: ...`, `a.name = ...`, `export default ...`. */
export const assignedName: NameOf = (node) => {
	let parent = node.parent;
	while (parent !== null && TRANSPARENT.has(parent.type)) parent = parent.parent;
	if (parent === null) return "";
	if (parent.type === "export_statement") return "default";
	const field = ASSIGNING.get(parent.type);
	const name = field === undefined ? null : parent.childForFieldName(field);
	// The function has to be what is assigned, not a part of what it is assigned to.
	if (name === null || name.startIndex >= node.startIndex) return "";
	return plain(name.text.replace(/^(?:this|self|module)\.|^\$/, ""));
};

/** `func (r *Type) name()` of Go. */
export const goMethodName: NameOf = (node) => {
	const receiver = node.childForFieldName("receiver")?.text ?? "";
	const type = /([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\s*\)?\s*$/.exec(receiver)?.[1] ?? "";
	return dotted(type, ownName(node));
};

/** `impl Type` and `impl Trait for Type` of Rust. */
export const rustImplName: NameOf = (node) =>
	dotted(
		withoutArguments(node.childForFieldName("type")),
		withoutArguments(node.childForFieldName("trait")),
	);

/** `Type::name` within the declarators of C++. */
export const cppName: NameOf = (node) => {
	const declarator = cppDeclarator(node)?.childForFieldName("declarator");
	return plain((declarator?.text ?? "").replace(/<[^<>]*>/g, "").replaceAll("::", "."));
};

/** The declarator that has the parameters; behind pointers and references. */
function cppDeclarator(node: Node): Node | null {
	let declarator = node.childForFieldName("declarator");
	while (declarator !== null && declarator.type !== "function_declarator") {
		declarator = declarator.childForFieldName("declarator") ?? declarator.namedChild(0);
	}
	return declarator;
}

/** What a function takes: all that stands between its name and its body, in C++. */
export function parametersOf(node: Node): Node | null {
	const own = node.childForFieldName("parameters") ?? node.childForFieldName("parameter");
	return own ?? cppDeclarator(node)?.childForFieldName("parameters") ?? null;
}

function withoutArguments(node: Node | null): string {
	return plain((node?.text ?? "").replace(/<.*>/s, "").replaceAll("::", "."));
}

function dotted(first: string, second: string): string {
	return [first, second].filter(Boolean).join(".");
}

function textOf(node: Node | null): string {
	return node === null ? "" : plain(node.text);
}

/** A name as it is told: without quotes, and nothing that is longer than a name. */
function plain(text: string): string {
	const name = text.replace(/^(["'`])(.*)\1$/s, "$2").replace(/\s+/g, "");
	return name.length > MAX_NAME || /[#(){};,]/.test(name.replace(/^#/, "")) ? "" : name;
}
