import type { ToolResultEvent, ToolUseEvent } from "../model/events/events.ts";
import type { CallContent, TranscriptRecord } from "../model/events/record.ts";
import { argsHash } from "./argsHash.ts";
import { type CallFacts, NO_FACTS, type TestFact, type ViolationFact } from "./callFacts.ts";
import { Grammars, type ReadWasm } from "./grammars.ts";
import { Recent } from "./recent.ts";
import { BUILT_IN_RULES } from "./rules/builtInRules.ts";
import { TAKEN_RULE_IDS } from "./rules/checkRules.ts";
import { MAX_RULE_TEXT, type Rule, type RuleSubject } from "./rules/rule.ts";
import { parseUserRules, type RuleProblem } from "./rules/userRules.ts";
import { ShellLine } from "./shellLine.ts";
import { testFacts } from "./tests/testFacts.ts";

interface FactDeriverOptions {
	/** Reads `web-tree-sitter.wasm` and `tree-sitter-<language>.wasm`. */
	readonly readWasm: ReadWasm;
	/** The user's own rules as they stand in the settings, not looked at yet. */
	readonly userRules?: unknown;
}

/**
 * Characters of command lines that are kept parsed, some 20 bytes each: the same ones come again and again,
 * mostly within a session.
 */
const MAX_KEPT_COMMANDS = 64 * 1024;

/** Classes of a result of a call that never ran, and of one that did not run to its end. */
const NOT_RUN: ReadonlySet<string> = new Set(["denied", "hook_blocked", "tool_use_error"]);
/** The exit codes are those of `timeout`, and of programs that a signal ended. */
const CUT_OFF: ReadonlySet<string> = new Set([
	"interrupted",
	"timeout",
	"exit_124",
	"exit_130",
	"exit_137",
	"exit_143",
]);

/**
 * Tells facts from calls as transcripts have them. Nothing that it is handed is kept but the last command
 * lines, and it never throws: what goes wrong with one call is counted, and leaves that call without facts.
 */
export class FactDeriver {
	/** The user's rules that could not be used. */
	readonly ruleProblems: readonly RuleProblem[];
	readonly #grammars: Grammars;
	readonly #rules: readonly Rule[];
	readonly #slowRules: string[] = [];
	readonly #parsed = new Recent<ShellLine>(MAX_KEPT_COMMANDS);
	#failures = 0;

	constructor({ readWasm, userRules = [] }: FactDeriverOptions) {
		this.#grammars = new Grammars(readWasm);
		const onSlow = (id: string): void => void this.#slowRules.push(id);
		const { rules, problems } = parseUserRules(userRules, TAKEN_RULE_IDS, onSlow);
		this.#rules = [...BUILT_IN_RULES, ...rules];
		this.ruleProblems = problems;
	}

	/** Calls from which no facts could be derived. */
	get failures(): number {
		return this.#failures;
	}

	/** The user's rules that took too long for a text, and are not tried any more. */
	get slowRules(): readonly string[] {
		return this.#slowRules;
	}

	/** Loads the grammars that the records need and that are not loaded yet. Never rejects. */
	async prepare(records: readonly TranscriptRecord[]): Promise<void> {
		const shells = records.flatMap(({ call }) => (lineOf(call) === "" ? [] : (call ?? [])));
		if (shells.length === 0 || !(await this.#grammars.load("bash"))) return;
		const languages = new Set(shells.flatMap((call) => this.#languagesOf(call)));
		await Promise.all([...languages].map((name) => this.#grammars.load(name)));
	}

	/**
	 * Arguments' hash and function on every record of a call, violations and scripts on its
	 * beginning, tests on its result; of a call that launches an agent the hash alone. The records
	 * have to have been prepared.
	 */
	derive({ event, call }: TranscriptRecord): CallFacts {
		if (call === null) return NO_FACTS;
		try {
			if (event.event === "agent_spawn") return { ...NO_FACTS, argsHash: argsHash(call.args) };
			if (event.event !== "tool_use" && event.event !== "tool_result") return NO_FACTS;
			return this.#derive(event, call);
		} catch {
			this.#failures++;
			return NO_FACTS;
		}
	}

	dispose(): void {
		this.#grammars.dispose();
	}

	#derive(event: ToolUseEvent | ToolResultEvent, call: CallContent): CallFacts {
		const line = this.#lineOf(call);
		const functionId = line?.functionId ?? null;
		const facts = { ...NO_FACTS, argsHash: argsHash(call.args), functionId };
		if (event.event === "tool_result") return { ...facts, tests: this.#tests(event, call, line) };
		const scripts = line?.scriptFacts ?? [];
		const find = () => this.#violations(event, call, line);
		return { ...facts, scripts, violations: line?.violations(event.tool, find) ?? find() };
	}

	#violations(event: ToolUseEvent, call: CallContent, line: ShellLine | null): ViolationFact[] {
		const subject: RuleSubject = {
			tool: event.tool,
			kind: event.kind,
			text: textOf(call).slice(0, MAX_RULE_TEXT),
			filePath: event.filePath,
			commands: line?.commands ?? [],
			scripts: line?.scripts ?? [],
		};
		const broken = this.#rules.filter((rule) => rule.isBrokenBy(subject));
		return broken.map(({ ruleId, severity }) => ({ ruleId, severity }));
	}

	#tests(event: ToolResultEvent, call: CallContent, line: ShellLine | null): readonly TestFact[] {
		if (line === null || call.kind !== "shell" || NOT_RUN.has(event.errorClass)) return [];
		const { tool, program, success, errorClass } = event;
		const named = line.functionId ?? (program === "" ? `tool:${tool}` : `bash:${program}`);
		const isCut = call.isUnfinished || CUT_OFF.has(errorClass);
		const end = isCut ? "cut" : success ? "success" : "failure";
		return testFacts({ line, output: call.output, end, errorClass, functionId: named });
	}

	#languagesOf(call: CallContent) {
		try {
			return (this.#lineOf(call)?.scripts ?? []).flatMap(({ language }) => language ?? []);
		} catch {
			return [];
		}
	}

	/** Null for what is no shell call. */
	#lineOf(call: CallContent): ShellLine | null {
		if (call.kind !== "shell" || call.command === "") return null;
		const { command, shell: language } = call;
		const key = `${language} ${command}`;
		const known = this.#parsed.get(key);
		if (known !== undefined) return known;
		const line = new ShellLine(this.#grammars, command, language);
		this.#parsed.add(key, line, key.length);
		return line;
	}
}

/** The command line of a shell call; empty for every other call. */
function lineOf(call: CallContent | null): string {
	return call?.kind === "shell" ? call.command : "";
}

/** The shell command, else what a call writes, else its arguments as they are. */
function textOf(call: CallContent): string {
	return lineOf(call) || (call.written ?? JSON.stringify(call.args) ?? "");
}
