import type { AgentEvent } from "../../model/events/events.ts";
import type { LineProblem } from "../../model/events/lineProblem.ts";
import type { LineFields } from "./lineV2.ts";
import { parseV1 } from "./parseV1.ts";
import { parseV2 } from "./parseV2.ts";

/**
 * Reads one line of the event log, of either version.
 *
 * @param line text without its newline
 * @param before when the line before it happened, and so this one where its time cannot be read; ms
 * since the epoch, 0 where nothing tells
 * @returns the event, or the reason why the line cannot be used; never throws
 */
export function parseLine(line: string, before = 0): AgentEvent | LineProblem {
	let parsed: unknown;
	try {
		parsed = JSON.parse(line);
	} catch {
		return "not_json";
	}
	if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed))
		return "not_an_object";
	const raw = parsed as LineFields;
	const { v, event } = raw;
	if (typeof event !== "string") {
		return event === undefined || event === null ? "missing_field" : "wrong_type";
	}
	if (v === 2) return parseV2(event, raw, before);
	if (v === undefined || v === 1) return parseV1(event, raw, before);
	return "unknown_version";
}
