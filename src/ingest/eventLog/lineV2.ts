import type { LineNote } from "../../model/events/lineProblem.ts";
import { LOG_CLIENT, logWords } from "../clients/clientIdentities.ts";
import { readTime } from "../fields/readTime.ts";
import { type Notes, readId, readText } from "../fields/values.ts";
import type { LogWords } from "../transcripts/port.ts";

/** The fields of a line by the names that docs/events.md has for them, unchecked. */
export type LineFields = Readonly<Record<string, unknown>>;

/** A line of version 2, with what every event of it tells. */
export class LineV2 implements Notes {
	readonly raw: LineFields;
	note: LineNote | null = null;
	readonly ts: number;
	readonly client: string;
	readonly words: LogWords;
	/** Its client sent it over OTLP, and no hook wrote it. */
	readonly isOtlp: boolean;
	readonly session: string;
	readonly agent: string;
	readonly cwd: string;

	/** @param before as for a line of any version */
	constructor(raw: LineFields, before: number) {
		this.raw = raw;
		this.ts = readTime(raw.ts, before, this);
		this.client = readId(raw.client, this) || LOG_CLIENT;
		this.words = logWords(this.client);
		this.isOtlp = readId(raw.via, this) === "otlp";
		this.session = readId(raw.session_id, this);
		this.agent = this.agentIn(raw.agent_id);
		this.cwd = readText(raw.cwd, this);
	}

	/** An agent's id as it is kept. */
	agentIn(value: unknown): string {
		const { words } = this;
		if (value === lastId && words === lastWords) return lastAgent;
		const id = readId(value, this);
		const agent = words.agentId?.(id) ?? id;
		if (id !== value) return agent;
		lastId = id;
		lastWords = words;
		lastAgent = agent;
		return agent;
	}
}

/** The agent read last: lines of one come in runs, and to compare an id costs less than to look into it. */
let lastId = "";
let lastAgent = "";
let lastWords: LogWords = {};

/** What every event is told with, where nothing of its line has to be noted. */
export function headOf({ client, ts, session, agent, cwd }: LineV2) {
	return {
		origin: "hook",
		client,
		v: 2,
		ts,
		session,
		agent,
		cwd,
		note: null,
	} as const;
}
