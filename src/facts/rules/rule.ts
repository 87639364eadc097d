import type { CallKind } from "../../model/events/events.ts";
import type { Severity } from "../callFacts.ts";
import type { InlineScript } from "../scripts/inlineScripts.ts";
import type { ShellCommand } from "../shell/commandLine.ts";

/** What rules look at: a call of a tool with its arguments. */
export interface RuleSubject {
	/** As the client calls it. */
	readonly tool: string;
	readonly kind: CallKind;
	/** The shell command, else what the call writes, else its arguments as JSON; bounded. */
	readonly text: string;
	/** Path of the file that the call is about; empty where there is none. */
	readonly filePath: string;
	/** Commands of a shell call, as `allCommands` gives them. */
	readonly commands: readonly ShellCommand[];
	readonly scripts: readonly InlineScript[];
}

export interface Rule {
	readonly ruleId: string;
	readonly severity: Severity;
	isBrokenBy(subject: RuleSubject): boolean;
}

/** Characters of a call's text that rules look at. */
export const MAX_RULE_TEXT = 20_000;
