import { createHash } from "node:crypto";
import type { ScriptFact } from "../callFacts.ts";
import type { Grammars } from "../grammars.ts";
import type { InlineScript } from "./inlineScripts.ts";
import { signatureOf } from "./minHash.ts";
import { normalise } from "./normalise.ts";

/** What is kept of a script: neither its text nor a token of it. Null for one that says nothing. */
export function scriptFactOf(grammars: Grammars, script: InlineScript): ScriptFact | null {
	const tokens = normalise(grammars, script);
	if (tokens.length === 0) return null;
	const text = [script.language ?? "", ...tokens].join("\0");
	const bodyHash = createHash("sha256").update(text).digest("hex").slice(0, 32);
	// The language counts as a part of the script: what looks alike in two is not the same.
	return { kind: script.kind, bodyHash, signature: signatureOf(withLanguage(script, tokens)) };
}

function withLanguage({ language }: InlineScript, tokens: readonly string[]): string[] {
	return tokens.map((token) => `${language ?? ""} ${token}`);
}
