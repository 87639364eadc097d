import type { ScriptFact, ViolationFact } from "./callFacts.ts";
import type { Grammars } from "./grammars.ts";
import { type InlineScript, inlineScripts } from "./scripts/inlineScripts.ts";
import { scriptFactOf } from "./scripts/scriptFacts.ts";
import type { ShellCommand, ShellLanguage } from "./shell/commandLine.ts";
import { allCommands, shellFunctionId } from "./shell/shellFunction.ts";
import { type TestCommand, testCommandOf } from "./tests/testCommand.ts";

/** A command line with all that it tells by itself, whoever runs it: each is found out once, when it is asked for. */
export class ShellLine {
	readonly commands: readonly ShellCommand[];
	readonly scripts: readonly InlineScript[];
	readonly #grammars: Grammars;
	/** By the tool that runs it. */
	readonly #violations = new Map<string, readonly ViolationFact[]>();
	#functionId: string | null | undefined;
	#scriptFacts: readonly ScriptFact[] | undefined;
	#testCommands: readonly TestCommand[] | undefined;

	constructor(grammars: Grammars, line: string, language: ShellLanguage) {
		this.#grammars = grammars;
		this.commands = allCommands(grammars, line, language) ?? [];
		this.scripts = inlineScripts(this.commands);
	}

	/** See {@link shellFunctionId}. */
	get functionId(): string | null {
		if (this.#functionId === undefined) this.#functionId = shellFunctionId(this.commands);
		return this.#functionId;
	}

	get testCommands(): readonly TestCommand[] {
		this.#testCommands ??= this.commands.flatMap((command) => testCommandOf(command) ?? []);
		return this.#testCommands;
	}

	/** What is kept of the scripts. Their grammars have to be loaded. */
	get scriptFacts(): readonly ScriptFact[] {
		this.#scriptFacts ??= this.scripts.flatMap(
			(script) => scriptFactOf(this.#grammars, script) ?? [],
		);
		return this.#scriptFacts;
	}

	/** Rules that the line breaks when a tool runs it. */
	violations(tool: string, find: () => readonly ViolationFact[]): readonly ViolationFact[] {
		const known = this.#violations.get(tool) ?? find();
		this.#violations.set(tool, known);
		return known;
	}
}
