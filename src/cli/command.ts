import type { CliContext } from "./context.ts";

/** An option as parseArgs and the help know it. */
interface CommandOption {
	readonly type: "string" | "boolean";
	/** What stands for its value in the help; empty for a switch. */
	readonly value: string;
	readonly help: string;
}

/** Options as they were given; absent when they were not. */
export type OptionValues = Readonly<Record<string, string | boolean | undefined>>;

export interface Command {
	readonly name: string;
	/** One line for the list of commands. */
	readonly summary: string;
	/** What it can do, where it is more than one thing: the word after its name. */
	readonly actions?: readonly string[];
	readonly options: Readonly<Record<string, CommandOption>>;
	/**
	 * @throws UsageError for a value that makes no sense, CliFailure or TelemetryError when the work
	 * cannot be done
	 *
	 * @param action one of its actions; empty where it has none
	 */
	run(values: OptionValues, context: CliContext, action: string): Promise<void>;
}

/** The command line cannot be understood: exit 2. */
export class UsageError extends Error {}

/** The command was understood and could not be done: exit 1. */
export class CliFailure extends Error {}

export const databaseOption: CommandOption = {
	type: "string",
	value: "FILE",
	help: "database; otherwise $AGENT_LIVE_GRAPH_DB, otherwise agent-live-graph.db beside the log",
};

export const eventsFileOption: CommandOption = {
	type: "string",
	value: "FILE",
	help: "event log; otherwise $KEI_EVENTS_FILE, otherwise Claude Code's memory/agent-events.jsonl",
};

/** Of every command that reads transcripts. */
export const transcriptsOptions = {
	transcripts: {
		type: "string",
		value: "DIR",
		help: "folder of transcripts; otherwise, unless a log is named, where the clients keep theirs",
	},
	client: {
		type: "string",
		value: "NAME",
		help: "only the transcripts of one client, such as codex",
	},
	"no-transcripts": {
		type: "boolean",
		value: "",
		help: "read no transcripts",
	},
} satisfies Readonly<Record<string, CommandOption>>;

export const jsonOption: CommandOption = {
	type: "boolean",
	value: "",
	help: "print JSON and nothing else",
};
