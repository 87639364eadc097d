import { randomUUID } from "node:crypto";
import { appendLine } from "../../ingest/eventLog/appendLine.ts";
import {
	CliFailure,
	type Command,
	eventsFileOption,
	type OptionValues,
	UsageError,
} from "../command.ts";
import type { CliContext } from "../context.ts";
import { eventsFileOf } from "../paths.ts";
import { fieldsOf, nameOf, RECORDED } from "../recordedWork.ts";

/** Longest line that the contract allows, in bytes with its newline. */
const MAX_BYTES = 4096;

const text = (value: string, help: string) => ({ type: "string", value, help }) as const;

export const recordCommand: Command = {
	name: "record",
	summary:
		"Writes down in the event log what another program did, as hooks write what a client did",
	actions: Object.keys(RECORDED),
	options: {
		name: text("NAME", "of the skill, the called function, the test, the check or the broken rule"),
		function: text("ID,…", "tested, used by the app, or at fault; named as in Function Stats"),
		app: text("NAME", "e2e: the app that the check belongs to"),
		duration: text("MS", "how long it took"),
		failed: { type: "boolean", value: "", help: "it failed; otherwise it went well" },
		error: text("CLASS", "skill, call: it failed, and how, in a word such as timeout"),
		severity: text("LEVEL", "violation: info, warning (otherwise) or error"),
		model: text("NAME", "cost: who was paid for it"),
		usd: text("USD", "cost: what it was"),
		"tokens-in": text("N", "cost: read afresh"),
		"tokens-out": text("N", "cost: written"),
		"cache-read": text("N", "cost: read from the cache"),
		"cache-write": text("N", "cost: written into it"),
		session: text(
			"ID",
			"whose work it was; otherwise $CLAUDE_CODE_SESSION_ID, which its shells have",
		),
		agent: text("ID", "the agent; otherwise the session's own"),
		id: text("ID", "of what is told: told again, it counts once; otherwise a new one"),
		"events-file": eventsFileOption,
	},

	async run(values, context, action) {
		const id = optional(values, "id") ?? `record_${randomUUID()}`;
		const { event, ...fields } = fieldsOf(action, values);
		const line = JSON.stringify({
			v: 2,
			ts: new Date(context.now()).toISOString(),
			event,
			session_id: sessionOf(values, context),
			agent_id: optional(values, "agent"),
			id,
			...fields,
		});
		if (Buffer.byteLength(line) >= MAX_BYTES) {
			throw new UsageError(`all names together must fit in a line of ${MAX_BYTES} bytes`);
		}
		// As for hooks: whoever turned the log off wants nothing in it, and no failure either.
		const isWritten = context.env.KEI_EVENTS_BYPASS !== "1";
		if (isWritten) write(eventsFileOf(values, context), line);
		context.print(JSON.stringify({ ok: true, event, id, written: isWritten }));
	},
};

function write(eventsFile: string, line: string): void {
	const result = appendLine(eventsFile, line);
	if (result === "not_a_file") throw new CliFailure(`${eventsFile} is no plain file`);
	if (result === "cut_off") throw new CliFailure(`${eventsFile} took only a part of the line`);
}

function sessionOf(values: OptionValues, { env }: CliContext): string {
	const session = optional(values, "session");
	if (session !== undefined) return session;
	const own = env.CLAUDE_CODE_SESSION_ID;
	if (own !== undefined && own !== "") return nameOf(own, "session");
	throw new UsageError("record needs --session, or $CLAUDE_CODE_SESSION_ID");
}

function optional(values: OptionValues, option: string): string | undefined {
	const value = values[option];
	return typeof value === "string" ? nameOf(value, option) : undefined;
}
