import type { CallFacts } from "../../../src/facts/callFacts.ts";
import { FactDeriver } from "../../../src/facts/factDeriver.ts";
import {
	answeredContent,
	askedContent,
} from "../../../src/ingest/claude-code/calls/callContent.ts";
import { changesOf } from "../../../src/ingest/claude-code/calls/patches.ts";
import type { TranscriptRecord } from "../../../src/model/events/record.ts";
import { EventLog } from "../log/eventLog.ts";
import { eventsOf } from "../telemetry/telemetry.ts";
import { readWasm } from "./grammars.ts";

interface Call {
	readonly tool?: string;
	readonly input?: unknown;
	readonly output?: string;
	readonly answer?: unknown;
	readonly success?: boolean;
	readonly fields?: Readonly<Record<string, unknown>>;
}

/** The beginning of a call as a transcript has it; of Bash where nothing else is said. */
export function use(id: string, { tool = "Bash", input, fields = {} }: Call): TranscriptRecord {
	const [event] = eventsOf(new EventLog().add("tool_use", { id, tool, ...fields }).events);
	if (event?.event !== "tool_use") throw new Error("no call");
	return { event, call: askedContent(event, input) };
}

/** The result of a call as a transcript has it. */
export function result(id: string, call: Call): TranscriptRecord {
	const { tool = "Bash", input, output = "", answer, success = true, fields = {} } = call;
	const line = { id, tool, success, duration_ms: 10, ...fields };
	const [event] = eventsOf(new EventLog().add("tool_result", line).events);
	if (event?.event !== "tool_result") throw new Error("no result");
	const changes = changesOf(answer, event.filePath);
	return { event, call: answeredContent(event, input, { output, answer, changes }) };
}

/** Facts of one record, with a deriver of its own. */
export async function factsOf(
	record: TranscriptRecord,
	userRules: unknown = [],
): Promise<CallFacts> {
	const deriver = new FactDeriver({ readWasm, userRules });
	await deriver.prepare([record]);
	const facts = deriver.derive(record);
	deriver.dispose();
	return facts;
}

/** Facts of a Bash call that began. */
export function factsOfCommand(command: string, userRules: unknown = []): Promise<CallFacts> {
	return factsOf(use("c1", { input: { command } }), userRules);
}
