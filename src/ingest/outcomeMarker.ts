import type { Outcome } from "../model/views/view.ts";

/** What an agent says of its own work; null is what it does not say, or not in the set words. */
interface OutcomeClaim {
	readonly outcome: Outcome | null;
	readonly stubs: number | null;
}

const MARKER = /(?:^|\n)[ \t]*=== status-truth marker ===[ \t\r]*(?=\n)/i;
const SHIPPED = /\n[ \t]*shipped:([^\n]*)/i;
const WORD = /^[ \t]*(functional|partial|scaffolding|fail)[ \t\r]*$/i;
const STUBS = /\n[ \t]*stubs:[ \t]*([0-9]{1,6})/gi;
/** What a number must not go on with: a seventh digit, a fraction, a unit; as a regular
 * expression's `\w` in the hooks, which knows letters of all scripts. */
const GOES_ON = /^[\p{Alphabetic}\p{M}\p{Nd}\p{Pc}.]/u;

/**
 * Reads the STATUS-TRUTH MARKER of an agent's last message as hooks/lib/outcome.jq does (the
 * contract is docs/events.md): after the first marker line the first `shipped:` and the first
 * `stubs:` with a number, whatever the case of ASCII letters. Takes any text, and never throws.
 */
export function readOutcome(text: string): OutcomeClaim {
	const marker = MARKER.exec(text);
	if (marker === null) return { outcome: null, stubs: null };
	const claim = text.slice(marker.index + marker[0].length);
	const shipped = SHIPPED.exec(claim)?.[1] ?? "";
	const word = WORD.exec(shipped)?.[1]?.toLowerCase();
	return { outcome: (word as Outcome | undefined) ?? null, stubs: readStubs(claim) };
}

function readStubs(claim: string): number | null {
	for (const match of claim.matchAll(STUBS)) {
		const rest = claim.slice(match.index + match[0].length, match.index + match[0].length + 2);
		if (!GOES_ON.test(rest)) return Number(match[1]);
	}
	return null;
}
