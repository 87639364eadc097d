import { kindOf } from "../../telemetry/tables/functionId.ts";
import { hexId } from "./spanRecord.ts";

/** As the semantic conventions have it for what has a name, but none to be told. */
export const OTHER = "_OTHER";

/** A name that is plainly one: what has more in it than a name needs may be anything, and stays here. */
export function word(text: string | null): string | null {
	return text !== null && /^[\w.:@+-]{1,128}$/.test(text) ? text : null;
}

/**
 * A function by its name, where that tells no path: one of a file or a registry is known by a hash, the same
 * for everybody who has it there, and its name within.
 */
export function exportedFunction(id: string): string {
	if (kindOf(id) !== "registry" && /^[\w.:@+/ -]{1,160}$/.test(id)) return id;
	const [, name = ""] = /#([\w.$]{1,128})$/.exec(id) ?? [];
	return `fn:${hexId("function", id, 16)}${name === "" ? "" : `#${name}`}`;
}

/** Who is asked for a model's answers, in the words of the semantic conventions. */
export function providerOf(model: string): string {
	return PROVIDERS.find(([form]) => form.test(model))?.[1] ?? OTHER;
}

const PROVIDERS: readonly (readonly [RegExp, string])[] = [
	[/^claude/, "anthropic"],
	[/^(?:gpt|o\d|codex)/, "openai"],
	[/^gemini/, "gcp.gemini"],
	[/^grok/, "x_ai"],
	[/^deepseek/, "deepseek"],
	[/^mistral/, "mistral_ai"],
];
