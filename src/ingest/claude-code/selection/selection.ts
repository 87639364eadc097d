// What of a line is asked for, told by its bytes and without its long strings: most of a transcript are
// answers, of which nothing is told but that they came.
import type { CallReader } from "../calls/calls.ts";

const SIDECHAIN = eitherWay('"isSidechain":', "true");
const FAILURE = eitherWay('"is_error":', "true");
const CALL = Buffer.from('"tool_use"');
/** Before the reason why a message ended, which is the same word. */
const REASON = /"stop_reason":\s?$/;
const RESULT = Buffer.from('"tool_use_id"');
/** Behind the name, with the id. */
const ID = /^:\s?"([\w.:-]{1,256})"/;
const PATCH = Buffer.from('"structuredPatch"');
/** Longer than an id, and what stands before it. */
const NEAR = 300;

export function isOfSidechain(line: Buffer): boolean {
	return includesAny(line, SIDECHAIN);
}

/**
 * Whether nothing can be derived of a line: it makes no call, and is no answer but to calls of whose
 * answers nothing is derived. Those calls are over then.
 */
export function tellsNoFacts(line: Buffer, calls: CallReader): boolean {
	if (makesCall(line)) return false;
	const answered = answeredBy(line);
	if (answered === null || !answered.every((id) => calls.hasIdleAnswer(id))) return false;
	if (answered.length > 0 && line.includes(PATCH)) return false;
	for (const id of answered) calls.end(id);
	return true;
}

/** Whether a line is an answer of which no text is looked at. */
export function isPlainSuccess(line: Buffer, calls: CallReader): boolean {
	const answered = answeredBy(line);
	if (answered === null || answered.length === 0) return false;
	return (
		answered.every((id) => calls.hasPlainAnswer(id)) &&
		!includesAny(line, FAILURE) &&
		!line.includes(PATCH)
	);
}

/** Ids of the calls that are answered; null where they cannot be told. */
function answeredBy(line: Buffer): string[] | null {
	const ids: string[] = [];
	for (let at = line.indexOf(RESULT); at >= 0; at = line.indexOf(RESULT, at + RESULT.length)) {
		const behind = at + RESULT.length;
		const id = ID.exec(line.toString("latin1", behind, behind + NEAR))?.[1];
		if (id === undefined) return null;
		ids.push(id);
	}
	return ids;
}

function makesCall(line: Buffer): boolean {
	for (let at = line.indexOf(CALL); at >= 0; at = line.indexOf(CALL, at + CALL.length)) {
		if (!REASON.test(line.toString("latin1", Math.max(0, at - 20), at))) return true;
	}
	return false;
}

function eitherWay(name: string, value: string): readonly Buffer[] {
	return [Buffer.from(`${name}${value}`), Buffer.from(`${name} ${value}`)];
}

function includesAny(line: Buffer, marks: readonly Buffer[]): boolean {
	return marks.some((mark) => line.includes(mark));
}
