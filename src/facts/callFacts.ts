/** What is told from one call's arguments and answer. Holds none of their text but {@link TestFact}'s. */
export interface CallFacts {
	/** SHA-256 of the arguments, see `argsHash`; null where they are not known. */
	readonly argsHash: string | null;
	/** A more telling name for the call's function; null where its event tells all there is. */
	readonly functionId: string | null;
	readonly violations: readonly ViolationFact[];
	readonly scripts: readonly ScriptFact[];
	readonly tests: readonly TestFact[];
	/** Functions that the call changed, most lines first; none where they are not known. */
	readonly writes: readonly WriteFact[];
}

export type Severity = "info" | "warning" | "error";

/** A rule that the call broke, once however often it did. */
export interface ViolationFact {
	readonly ruleId: string;
	readonly severity: Severity;
}

/** A script that was written into a command. */
export interface ScriptFact {
	readonly kind: "heredoc" | "inline";
	/** Hash of the normalised text, 32 digits of hex: equal for what differs in names and literals. */
	readonly bodyHash: string;
	/** MinHash of the normalised text, `SIGNATURE_LENGTH` numbers. */
	readonly signature: Uint32Array;
}

/** The result of a test, or of all that a call ran where its output names none. */
export interface TestFact {
	/** As the runner names it; `*` for a whole run. */
	readonly testId: string;
	readonly passed: boolean;
	/** ms; null where the output does not say. */
	readonly durationMs: number | null;
	/** What a failure said: at most 200 characters, secrets masked; null for a test that passed. */
	readonly snippet: string | null;
	/** The tested function where the name says it, else the runner's. */
	readonly functionId: string;
}

/** Lines of a function that the call changed, and what the function is since. */
export interface WriteFact {
	readonly functionId: string;
	readonly linesAdded: number;
	readonly linesRemoved: number;
	/** Hash of the function after the change, see `functionsOf`. */
	readonly hash: string;
	/** First and last line after the change, counted from 1. */
	readonly lines: readonly [number, number];
	/** Absolute where it is known. */
	readonly filePath: string;
	/** Id that git has for the file's content after the change. */
	readonly blob: string;
}

export const NO_FACTS: CallFacts = {
	argsHash: null,
	functionId: null,
	violations: [],
	scripts: [],
	tests: [],
	writes: [],
};
