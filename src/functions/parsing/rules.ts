import type { SourceLanguage } from "./languages.ts";
import {
	assignedName,
	cppName,
	goMethodName,
	type NameOf,
	ownName,
	ownOrAssignedName,
	rustImplName,
} from "./names.ts";

/** What a language's grammar calls the things that functions are told from. */
interface LanguageRules {
	/** Node types of functions, with what names them. */
	readonly functions: Readonly<Record<string, NameOf>>;
	/** Node types whose name goes before that of the functions within. */
	readonly scopes: Readonly<Record<string, NameOf>>;
	/** Node types whose named children are statements, whatever they are. */
	readonly blocks: readonly string[];
}

const javascript: LanguageRules = {
	functions: {
		function_declaration: ownOrAssignedName,
		generator_function_declaration: ownOrAssignedName,
		function_expression: ownOrAssignedName,
		generator_function: ownOrAssignedName,
		arrow_function: assignedName,
		method_definition: ownName,
	},
	scopes: {
		class_declaration: ownOrAssignedName,
		abstract_class_declaration: ownOrAssignedName,
		class: ownOrAssignedName,
		internal_module: ownName,
		module: ownName,
		object: assignedName,
	},
	blocks: ["statement_block"],
};

export const RULES: Readonly<Record<SourceLanguage, LanguageRules>> = {
	javascript,
	typescript: javascript,
	tsx: javascript,
	python: {
		functions: { function_definition: ownName, lambda: assignedName },
		scopes: { class_definition: ownName },
		blocks: ["block"],
	},
	go: {
		functions: {
			function_declaration: ownName,
			method_declaration: goMethodName,
			func_literal: assignedName,
		},
		scopes: {},
		blocks: ["statement_list"],
	},
	rust: {
		functions: { function_item: ownName, closure_expression: assignedName },
		scopes: { impl_item: rustImplName, trait_item: ownName, mod_item: ownName },
		blocks: ["block"],
	},
	java: {
		functions: {
			method_declaration: ownName,
			constructor_declaration: ownName,
			compact_constructor_declaration: ownName,
			lambda_expression: assignedName,
		},
		scopes: {
			class_declaration: ownName,
			interface_declaration: ownName,
			enum_declaration: ownName,
			record_declaration: ownName,
			annotation_type_declaration: ownName,
		},
		blocks: ["block", "constructor_body"],
	},
	"c-sharp": {
		functions: {
			method_declaration: ownName,
			constructor_declaration: ownName,
			destructor_declaration: ownName,
			local_function_statement: ownName,
			lambda_expression: assignedName,
		},
		scopes: {
			class_declaration: ownName,
			struct_declaration: ownName,
			interface_declaration: ownName,
			record_declaration: ownName,
			enum_declaration: ownName,
			property_declaration: ownName,
		},
		blocks: ["block"],
	},
	cpp: {
		functions: { function_definition: cppName, lambda_expression: assignedName },
		scopes: {
			class_specifier: ownName,
			struct_specifier: ownName,
			union_specifier: ownName,
			namespace_definition: (node) => ownName(node).replaceAll("::", "."),
		},
		blocks: ["compound_statement"],
	},
	ruby: {
		functions: { method: ownName, singleton_method: ownName, lambda: assignedName },
		scopes: {
			class: (node) => ownName(node).replaceAll("::", "."),
			module: (node) => ownName(node).replaceAll("::", "."),
		},
		blocks: ["body_statement", "then", "else", "do", "block_body", "ensure"],
	},
	php: {
		functions: {
			function_definition: ownName,
			method_declaration: ownName,
			anonymous_function: assignedName,
			arrow_function: assignedName,
			anonymous_function_creation_expression: assignedName,
		},
		scopes: {
			class_declaration: ownName,
			trait_declaration: ownName,
			interface_declaration: ownName,
			enum_declaration: ownName,
		},
		blocks: ["compound_statement"],
	},
	bash: {
		functions: { function_definition: ownName },
		scopes: {},
		blocks: ["compound_statement", "do_group", "subshell"],
	},
};

/** Literals, taken as they are: white space within them means something. */
export const LITERALS: ReadonlySet<string> = new Set([
	"string",
	"template_string",
	"regex",
	"string_literal",
	"raw_string_literal",
	"interpreted_string_literal",
	"rune_literal",
	"char_literal",
	"character_literal",
	"verbatim_string_literal",
	"interpolated_string_expression",
	"text_block",
	"jsx_text",
	"heredoc_body",
	"subshell_string",
	"string_array",
	"symbol_array",
	"delimited_symbol",
	"encapsed_string",
	"heredoc",
	"nowdoc",
	"shell_command_expression",
	"text",
	"raw_string",
	"ansi_c_string",
	"translated_string",
]);

/** What is no statement although its name ends like that of one. */
const NO_STATEMENT = /^(?:compound_statement|body_statement|empty_statement|variable_declaration)$/;

/** Whether nodes of the type are statements wherever they stand. */
export function isStatementType(type: string): boolean {
	if (NO_STATEMENT.test(type) || /parameter|catch|field_/.test(type)) return false;
	return /(?:^|_)(?:statement|declaration|definition)$|_item$/.test(type);
}
