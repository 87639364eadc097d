import type { CallKind } from "../../../model/events/events.ts";
import { failureWord } from "../../kit/failureWord.ts";
import { asObject } from "../../kit/raw.ts";
import type { Line } from "../lines.ts";
import { isFrom } from "../version.ts";

/** Patch of the client in which decisions were seen. */
const NOTES_DECISIONS = 329;
/** What a call answers that a person said no to, or that was cut off while it ran. */
const REJECTED = /^The user doesn't want to (?:proceed with|take) this/;
/** Of the kinds by which the client says why a call was not run, those that nobody decided. */
const CUT_OFF: ReadonlySet<unknown> = new Set(["interrupted", "cancelled"]);

/**
 * Class of a failed call, a short stable word as in docs/events.md. Only a transcript knows that the
 * user denied a call: the client decides, and no hook runs.
 */
export function failureOf(output: string, line: Line, kind: CallKind): string {
	return decisionOf(output, line) ?? failureWord(output, kind);
}

/** The word where the call was not run, or not to its end, as the client notes it. */
function decisionOf(output: string, line: Line): string | null {
	const { toolDenialKind: denial } = line;
	if (CUT_OFF.has(denial)) return "interrupted";
	const decided = asObject(line.permissionDecision);
	if (denial === "hook" || (decided?.decision === "reject" && decided.source === "hook")) {
		return "hook_blocked";
	}
	if (decided?.decision === "reject" && decided.source !== "invalid_input") return "denied";
	if (denial === "permission-rule" || denial === "automode-blocked") return "denied";
	if (!REJECTED.test(output) && line.toolUseResult !== "User rejected tool use") return null;
	// A client that notes decisions notes none when it cuts off a call that was allowed before; an older
	// client's rejection may have been a person's.
	return isFrom(NOTES_DECISIONS, line.version) ? "interrupted" : "denied";
}
