import { join } from "node:path";
import {
	clientProgram,
	clientVersion,
	type OtherClient,
} from "../../../../scripts/setup/otherClients.ts";
import type { TurnBlock } from "../apis/api.ts";
import type { Step } from "./scenario.ts";

/** A call as the database is to have it. */
export interface ExpectedCall {
	/** `calls.function_id` */
	readonly function: string;
	/** `calls.error_class`; null for one that went well. */
	readonly error: string | null;
	/** Lines that it added and removed, as `+2 -1`; absent for one that writes nothing. */
	readonly lines?: string;
}

/** A step in a client's own words. */
export interface Told {
	readonly block: TurnBlock;
	readonly call: ExpectedCall;
}

/** Where a client runs. */
export interface Place {
	/** Its home folder, which holds nothing else. */
	readonly home: string;
	/** The folder that it works in. */
	readonly project: string;
	/** Base address of the model's API, without a path. */
	readonly address: string;
}

/** How a session begins: afresh, or on from the last one of its folder, or as another one from there. */
export type Start = "new" | "resume" | "fork";

interface Invocation {
	readonly args: readonly string[];
	readonly env: Readonly<Record<string, string>>;
}

/** A client as it is run against a scripted model, with no account and no person. */
export interface RealClient {
	/** As in the table of clients. */
	readonly name: string;
	readonly version: string;
	/** Undefined where it is not installed. */
	program(): string | undefined;
	/** Whether its agents may launch agents; null where it has no agents. */
	readonly nests: boolean | null;
	/** How it can go on from a session. */
	readonly starts: readonly Start[];
	/** Whether it tells what its agents write, and not only its orchestrators. */
	readonly tellsLinesOfAgents: boolean;
	/** null for what it has no tool for. */
	tell(step: Step, place: Pick<Place, "project">): Told | null;
	/** How an agent ends, beyond its words; words alone where it is absent. */
	endAgent?(last: string): Told;
	/** Writes what it reads at its start. */
	configure(place: Place): void;
	invoke(place: Place, prompt: string, start: Start): Invocation;
}

/** A call of a tool, and how it ended by what a step says. */
export function called(
	name: string,
	input: Readonly<Record<string, unknown>> | string,
	functionId: string,
	error: string | null = null,
	namespace?: string,
): Told {
	const block: TurnBlock = { type: "tool_use", name, input };
	return {
		block: namespace === undefined ? block : { ...block, namespace },
		call: { function: functionId, error },
	};
}

/** How a step's command ends, as the class of an error. */
export function exitOf({ code }: { readonly code: number }): string | null {
	return code === 0 ? null : `exit_${code}`;
}

/** What a command is counted under: its program. */
export function shellFunction({ command }: { readonly command: string }): string {
	return `bash:${command.split(" ")[0]}`;
}

/** What starts the server of a step's tool. */
export const notesServer = {
	command: process.execPath,
	args: [join(import.meta.dirname, "notesServer.mjs")],
};

/** A step's tool of a server, as its client calls it. */
export function asked(
	{ tool }: Step & { readonly does: "ask" },
	name: string,
	namespace?: string,
): Told {
	const error = tool === "find" ? null : "mcp_error";
	return called(name, { words: "a note" }, `mcp:notes/${tool}`, error, namespace);
}

/** A launch's prompt tells its agent which part of the script is its own. */
export function promptOf(task: string): string {
	return `TASK:${task} please`;
}

/** What is known of a client that set-up installs. */
export function installed(name: OtherClient): Pick<RealClient, "name" | "version" | "program"> {
	return { name, version: clientVersion(name), program: () => clientProgram(name) };
}
