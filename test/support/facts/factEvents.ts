import type {
	CallFacts,
	ScriptFact,
	TestFact,
	ViolationFact,
} from "../../../src/facts/callFacts.ts";
import { NO_FACTS } from "../../../src/facts/callFacts.ts";
import { signatureOf } from "../../../src/facts/scripts/minHash.ts";
import type { AgentEvent } from "../../../src/model/events/events.ts";
import type { TelemetryStore } from "../../../src/telemetry/storage/store.ts";

/** An event with what was derived from its call. */
export type Derived = readonly [AgentEvent, CallFacts];

/** Writes derived events as one batch. */
export function ingestFacts(store: TelemetryStore, derived: readonly Derived[]): string[] {
	const events = derived.map(([event]) => event);
	return store.ingest(events, null, undefined, new Map(derived));
}

/** A script of a pattern: scripts of one pattern with different variants are similar, not equal. */
export function scriptFact(
	pattern: string,
	variant = 0,
	kind: ScriptFact["kind"] = "heredoc",
): ScriptFact {
	const tokens = Array.from({ length: 60 }, (_, index) => `${pattern}${index}`);
	const signature = signatureOf([
		...tokens,
		...(variant === 0 ? [] : [`v${variant}`, `w${variant}`]),
	]);
	return { kind, bodyHash: `${pattern}-${variant}`, signature };
}

export function testFact(testId: string, passed: boolean, functionId = "bash:pytest"): TestFact {
	const snippet = passed ? null : "assert 1 == 2";
	return { testId, passed, durationMs: 3, snippet, functionId };
}

export function facts(known: {
	readonly argsHash?: string;
	readonly functionId?: string;
	readonly violations?: readonly ViolationFact[];
	readonly scripts?: readonly ScriptFact[];
	readonly tests?: readonly TestFact[];
}): CallFacts {
	return { ...NO_FACTS, ...known };
}
