/** Whose price list a model is on, and under which name it stands there. */
interface PricedModel {
	/** Provider as the price package calls it; null to be found by the name. */
	readonly provider: "anthropic" | "aws" | "google" | null;
	readonly name: string;
}

/** A context window that the client was asked for, as in `claude-sonnet-5[1m]`. */
const WINDOW = /\[[^\]]*\]$/;
/** Bedrock: `us.anthropic.claude-sonnet-4-5-20250929-v1:0`, also at the end of an ARN. */
const BEDROCK = /(?:^|[./:])anthropic\.claude/;
/** Vertex AI: `claude-sonnet-4-5@20250929`. */
const VERTEX = /@(?:20\d{6}|default|latest)$/;
/** What a name may have besides family and version: a date, a revision, where it runs. */
const DECORATION = /^.*anthropic\.|@[a-z0-9]+$|-20\d{6}(?=-|$)|-v\d+(?::\d+)?$|-latest$|-0$/g;

/** @param model as the client gave it */
export function pricedModel(model: string): PricedModel {
	const name = model.trim().toLowerCase().replace(WINDOW, "");
	if (BEDROCK.test(name)) return { provider: "aws", name };
	if (VERTEX.test(name)) return { provider: "google", name };
	return { provider: name.startsWith("claude") ? "anthropic" : null, name };
}

/**
 * Whether two names mean the same Claude model: a list that knows a name by how it begins takes a
 * later `claude-sonnet-5-5` for `claude-sonnet-5`, and a dearer `-fast` for the usual one.
 */
export function isSameClaude(name: string, listed: string): boolean {
	return wordsOf(name) === wordsOf(listed);
}

/** Older names have the version before the family, so their order says nothing. */
function wordsOf(name: string): string {
	let bare = name.replaceAll(/(?<=\d)\.(?=\d)/g, "-");
	for (let before = ""; before !== bare; ) {
		before = bare;
		bare = bare.replaceAll(DECORATION, "");
	}
	return bare.split("-").sort().join(" ");
}
