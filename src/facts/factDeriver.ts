import type { AgentEvent, ToolResultEvent, ToolUseEvent } from "../model/events/events.ts";
import { argsHash } from "./argsHash.ts";
import { type CallFacts, NO_FACTS, type TestFact, type ViolationFact } from "./callFacts.ts";
import { Grammars, type ReadWasm } from "./grammars.ts";
import { BUILT_IN_RULES } from "./rules/builtInRules.ts";
import { TAKEN_RULE_IDS } from "./rules/checkRules.ts";
import { MAX_RULE_TEXT, type Rule, type RuleSubject } from "./rules/rule.ts";
import { parseUserRules, type RuleProblem } from "./rules/userRules.ts";
import { type InlineScript, inlineScripts } from "./scripts/inlineScripts.ts";
import { scriptFactOf } from "./scripts/scriptFacts.ts";
import type { ShellCommand } from "./shell/commandLine.ts";
import { allCommands, shellFunctionId } from "./shell/shellFunction.ts";
import { testFacts } from "./tests/testFacts.ts";

/** A call's event with what the transcript says of it; an `AgentEvent` of another kind has no facts. */
export interface FactRecord {
	readonly event: AgentEvent;
	readonly call: {
		readonly input: unknown;
		readonly output: string;
		readonly answer: unknown;
	} | null;
}

export interface FactDeriverOptions {
	/** Reads `web-tree-sitter.wasm` and `tree-sitter-<language>.wasm`. */
	readonly readWasm: ReadWasm;
	/** The user's own rules as they stand in the settings, not looked at yet. */
	readonly userRules?: unknown;
}

/** A shell call's command line, once it has been parsed. */
interface Shell {
	readonly line: string;
	readonly commands: readonly ShellCommand[];
	readonly scripts: readonly InlineScript[];
}

/** Classes of a result of a call that never ran, or not to its end. */
const NOT_RUN: ReadonlySet<string> = new Set(["denied", "interrupted", "tool_use_error"]);

/**
 * Tells facts from calls as transcripts have them. Nothing that it is handed is kept, and it never
 * throws: what goes wrong with one call is counted, and leaves that call without facts.
 */
export class FactDeriver {
	/** The user's rules that could not be used. */
	readonly ruleProblems: readonly RuleProblem[];
	readonly #grammars: Grammars;
	readonly #rules: readonly Rule[];
	readonly #slowRules: string[] = [];
	readonly #parsed = new WeakMap<object, Shell>();
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
	async prepare(records: readonly FactRecord[]): Promise<void> {
		const shells = records.filter(({ event, call }) => call !== null && lineOf(event, call) !== "");
		if (shells.length === 0 || !(await this.#grammars.load("bash"))) return;
		const languages = new Set(shells.flatMap((record) => this.#languagesOf(record)));
		await Promise.all([...languages].map((name) => this.#grammars.load(name)));
	}

	/**
	 * Arguments' hash and function on every record of a call, violations and scripts on its
	 * beginning, tests on its result; of a call that launches an agent the hash alone. The records
	 * have to have been prepared.
	 */
	derive({ event, call }: FactRecord): CallFacts {
		if (call === null) return NO_FACTS;
		try {
			if (event.event === "agent_spawn") return { ...NO_FACTS, argsHash: argsHash(call.input) };
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

	#derive(event: ToolUseEvent | ToolResultEvent, call: NonNullable<FactRecord["call"]>): CallFacts {
		const shell = this.#shellOf(event, call);
		const functionId = shell === null ? null : shellFunctionId(shell.commands);
		const facts = { ...NO_FACTS, argsHash: argsHash(call.input), functionId };
		if (event.event === "tool_result") {
			return { ...facts, tests: this.#tests(event, call, shell, functionId) };
		}
		const scripts = (shell?.scripts ?? []).flatMap(
			(script) => scriptFactOf(this.#grammars, script) ?? [],
		);
		return { ...facts, scripts, violations: this.#violations(event, call.input, shell) };
	}

	#violations(event: ToolUseEvent, input: unknown, shell: Shell | null): ViolationFact[] {
		const subject: RuleSubject = {
			tool: event.tool,
			text: textOf(input, shell).slice(0, MAX_RULE_TEXT),
			filePath: event.filePath,
			commands: shell?.commands ?? [],
			scripts: shell?.scripts ?? [],
		};
		const broken = this.#rules.filter((rule) => rule.isBrokenBy(subject));
		return broken.map(({ ruleId, severity }) => ({ ruleId, severity }));
	}

	#tests(
		event: ToolResultEvent,
		{ output, answer }: NonNullable<FactRecord["call"]>,
		shell: Shell | null,
		functionId: string | null,
	): readonly TestFact[] {
		// A command that went on in the background has not said anything yet.
		const isBackground = typeof fieldOf(answer, "backgroundTaskId") === "string";
		if (shell === null || isBackground || NOT_RUN.has(event.errorClass)) return [];
		const named = functionId ?? (event.program === "" ? "tool:Bash" : `bash:${event.program}`);
		const { commands } = shell;
		return testFacts({ commands, output, success: event.success, functionId: named });
	}

	#languagesOf({ event, call }: FactRecord) {
		try {
			const shell = call === null ? null : this.#shellOf(event, call);
			return (shell?.scripts ?? []).flatMap(({ language }) => language ?? []);
		} catch {
			return [];
		}
	}

	/** Null for what is no shell call. */
	#shellOf(event: AgentEvent, call: NonNullable<FactRecord["call"]>): Shell | null {
		const known = this.#parsed.get(call);
		if (known !== undefined) return known;
		const line = lineOf(event, call);
		if (line === "") return null;
		const commands = allCommands(this.#grammars, line) ?? [];
		const shell = { line, commands, scripts: inlineScripts(commands) };
		this.#parsed.set(call, shell);
		return shell;
	}
}

/** The command line of a shell call; empty for every other call. */
function lineOf(event: AgentEvent, call: NonNullable<FactRecord["call"]>): string {
	if ((event.event !== "tool_use" && event.event !== "tool_result") || event.tool !== "Bash") {
		return "";
	}
	const command = fieldOf(call.input, "command");
	return typeof command === "string" ? command : "";
}

/** What a call writes, else its arguments as they are. */
function textOf(input: unknown, shell: Shell | null): string {
	if (shell !== null) return shell.line;
	const written = [fieldOf(input, "content"), fieldOf(input, "new_string")];
	const edits = fieldOf(input, "edits");
	if (Array.isArray(edits)) written.push(...edits.map((edit) => fieldOf(edit, "new_string")));
	const texts = written.filter((text): text is string => typeof text === "string");
	return texts.length > 0 ? texts.join("\n") : (JSON.stringify(input) ?? "");
}

function fieldOf(value: unknown, name: string): unknown {
	if (typeof value !== "object" || value === null) return undefined;
	return (value as Readonly<Record<string, unknown>>)[name];
}
