import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";

/** A block of an answer. A tool call's id is given by the server. */
export type TurnBlock =
	| { readonly type: "text"; readonly text: string }
	| {
			readonly type: "tool_use";
			readonly id?: string;
			readonly name: string;
			/** Of the tool, where the API has such. */
			readonly namespace?: string;
			/** Text for a tool that takes anything. */
			readonly input: Readonly<Record<string, unknown>> | string;
	  };

/** What is spent on one answer: no token is counted in two of them. */
export interface Tokens {
	/** Read afresh. */
	readonly input: number;
	readonly cacheRead: number;
	/** Where the API tells it. */
	readonly cacheWrite: number;
	/** Without reasoning. */
	readonly output: number;
	readonly reasoning: number;
}

/** What a scripted answer depends on. */
export interface Question {
	/** Empty for what the client asks for itself, such as a title. */
	readonly conversation: string;
	/** How many answers the conversation has had. */
	readonly step: number;
	readonly model: string;
	/** Agent that the conversation launched last, as the client calls it; empty for none. */
	readonly launched: string;
	readonly isStreamed: boolean;
}

/** How one vendor's API is spoken. */
export interface ModelApi {
	speaks(pathname: string): boolean;
	read(body: unknown, pathname: string): Question;
	answer(
		response: ServerResponse,
		question: Question,
		turn: readonly TurnBlock[],
		tokens: Tokens,
	): void;
}

/** A part of a conversation: who it is from, and its words where it is no result of a call. */
export interface Said {
	readonly by: "user" | "model" | "tool";
	readonly text?: string;
}

const NAMED = /TASK:([\w-]+)/g;

/**
 * A conversation is told by the last `TASK:<name>` in what its user said: the prompt of a launch becomes
 * a message of its agent, and a session that is resumed goes on with another one.
 */
export function placeIn(said: readonly Said[]): Pick<Question, "conversation" | "step"> {
	const from = said.findLastIndex(({ by, text = "" }) => by === "user" && text.includes("TASK:"));
	const name = [...(said[from]?.text ?? "").matchAll(NAMED)].at(-1)?.[1] ?? "";
	const after = said.slice(from + 1);
	// One answer may be told in several parts.
	const answers = after.filter(({ by }, at) => by === "model" && after[at - 1]?.by !== "model");
	return { conversation: name, step: answers.length };
}

const LAUNCHED = /agentId: (\w+)|agent_id\W{1,10}([\w-]{36})/g;

/** What the client told the model when it launched an agent the last time. */
export function launchedIn(conversation: unknown): string {
	const found = [...(JSON.stringify(conversation) ?? "").matchAll(LAUNCHED)].at(-1);
	return found?.[1] ?? found?.[2] ?? "";
}

/** Sends server-sent events. @returns what sends one, whose name may be left out */
export function eventStream(response: ServerResponse): (data: unknown, name?: string) => void {
	response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
	return (data, name) => {
		const head = name === undefined ? "" : `event: ${name}\n`;
		response.write(`${head}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`);
	};
}

export function sendJson(response: ServerResponse, body: unknown): void {
	response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(body));
}

/** Ids of one process are those of no other. */
const PROCESS = randomBytes(4).toString("hex");
let nextId = 1;

/** A name that no other answer has, wherever it is recorded. */
export function freshId(kind: string): string {
	return `${kind}_${PROCESS}${String(nextId++).padStart(6, "0")}`;
}

/** Texts in a message's content, which is text or a list of parts. */
export function textsIn(content: unknown, isText: (part: Part) => boolean): string {
	if (typeof content === "string") return content;
	if (!Array.isArray(content)) return "";
	return (content as Part[])
		.filter((part) => isText(part))
		.map(({ text = "" }) => text)
		.join("\n");
}

interface Part {
	readonly type?: string;
	readonly text?: string;
}
