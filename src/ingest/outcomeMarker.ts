import type { Outcome } from "../model/views/view.ts";

/** What an agent says of its own work; null is what it does not say, or not in the set words. */
interface OutcomeClaim {
	readonly outcome: Outcome | null;
	readonly stubs: number | null;
}

const MARKER = "=== status-truth marker ===";
const WORDS = "functional|partial|scaffolding|fail";
/** A line may begin with whatever Markdown has for lists, quotes and emphasis. */
const LINE_START = "(?:^|\\n)[^a-z0-9\\n]*(?:[0-9]{1,3}[.)][^a-z0-9\\n]*)?";
const BEFORE_MARKER = new RegExp(`${LINE_START}$`);
const BEHIND_MARKER = /^[^a-z0-9\n]*(?:\n|shipped)/;
/** A word that others stand beside, as in `functional|partial`, is not chosen yet. */
const SHIPPED = new RegExp(
	`${LINE_START}shipped[^a-z0-9\\n]*:[^a-z0-9\\n]*` +
		`((?:${WORDS})(?![-_]?[a-z0-9]|[^a-z0-9|/\\n]*[|/][^a-z0-9\\n]*(?:${WORDS})))?`,
);
const STUBS = /[^a-z0-9]stubs[^a-z0-9\n]*:[^a-z0-9\n]*(?<!-)([0-9]{1,6})(?![-_.,]?[a-z0-9])/;

/**
 * Reads the STATUS-TRUTH MARKER of an agent's last message as hooks/lib/outcome.jq does (the
 * contract is docs/events.md). Takes any text, and never throws.
 */
export function readOutcome(text: string): OutcomeClaim {
	const parts = text.replace(/[A-Z]+/g, (capitals) => capitals.toLowerCase()).split(MARKER);
	const claims = parts.flatMap((part, at) =>
		at > 0 && BEFORE_MARKER.test(parts[at - 1] ?? "") && BEHIND_MARKER.test(part) ? [part] : [],
	);
	const claim = claims.find((each) => outcomeIn(each) !== null) ?? claims[0] ?? "";
	const stubs = STUBS.exec(claim)?.[1];
	return { outcome: outcomeIn(claim), stubs: stubs === undefined ? null : Number(stubs) };
}

function outcomeIn(claim: string): Outcome | null {
	return (SHIPPED.exec(claim)?.[1] as Outcome | undefined) ?? null;
}
