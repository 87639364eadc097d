import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { type MessagesRequest, sendMessage, type TurnBlock } from "./messagesApi.ts";

/** One answer of the model: text and tool calls, in order. */
export type Turn = readonly TurnBlock[];

/** Conversations by name; step k is the answer given after k answers before it. */
export type Script = Readonly<Record<string, readonly Turn[]>>;

/** What the model says where a script has no more to say. */
const LAST_WORD: Turn = [{ type: "text", text: "done" }];

/**
 * Time before the orchestrator's last word, ms, after which the client exits and ends the hooks that
 * still run. A real model takes about as long; an answer at once has lost an event on a busy machine.
 */
const BEFORE_EXIT_MS = 1000;

/**
 * A stand-in for the Messages API on loopback. A conversation is told by `TASK:<name>` in its
 * first user message: the prompt of an agent call becomes the first message of its subagent.
 */
export class ScriptedModel {
	/** Time from an answer to the next question of the same conversation, ms: the calls between. */
	readonly turnTimes: number[] = [];
	readonly #script: Script;
	readonly #thinksMs: number;
	readonly #answeredAt = new Map<string, number>();
	readonly #server = createServer((request, response) => void this.#answer(request, response));
	#nextId = 1;

	/** @param thinksMs time before each answer, ms */
	constructor(script: Script, thinksMs = 0) {
		this.#script = script;
		this.#thinksMs = thinksMs;
	}

	/** Listens on a free port of loopback and resolves to the API's base address. */
	async listen(): Promise<string> {
		await new Promise<void>((resolve) => this.#server.listen(0, "127.0.0.1", resolve));
		return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise<void>((resolve) => this.#server.close(() => resolve()));
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const askedAt = performance.now();
		let body = "";
		for await (const chunk of request) body += chunk;
		const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
		if (request.method !== "POST" || pathname !== "/v1/messages") {
			response.writeHead(404).end("{}");
			return;
		}
		const question: MessagesRequest = JSON.parse(body);
		const name = question.tools?.length ? conversationName(question) : "";
		const answeredAt = this.#answeredAt.get(name);
		if (name !== "" && answeredAt !== undefined) this.turnTimes.push(askedAt - answeredAt);
		const turn = this.#turn(question);
		const isLast = name === "main" && turn === LAST_WORD;
		const thinksMs = isLast ? Math.max(BEFORE_EXIT_MS, this.#thinksMs) : this.#thinksMs;
		if (thinksMs > 0) await sleep(thinksMs);
		sendMessage(response, question.model, turn);
		this.#answeredAt.set(name, performance.now());
	}

	#turn(question: MessagesRequest): Turn {
		// Without tools it is one of the client's side questions, such as a title for the session.
		if (!question.tools?.length) return LAST_WORD;
		const step = question.messages.filter((message) => message.role === "assistant").length;
		const turn = this.#script[conversationName(question)]?.[step];
		if (turn === undefined) return LAST_WORD;
		const agent = launchedAgent(question);
		return turn.map((block) =>
			block.type === "tool_use" ? { ...filled(block, agent), id: this.#toolUseId() } : block,
		);
	}

	#toolUseId(): string {
		return `toolu_${String(this.#nextId++).padStart(10, "0")}`;
	}
}

/** Stands in a call's arguments for the agent that the conversation launched first. */
export const LAUNCHED_AGENT = "$AGENT";

/** What the client told the model when it launched an agent. */
function launchedAgent({ messages }: MessagesRequest): string {
	return /agentId: (\w+)/.exec(JSON.stringify(messages))?.[1] ?? "";
}

function filled(block: TurnBlock, agent: string): TurnBlock {
	return JSON.parse(JSON.stringify(block).replaceAll(LAUNCHED_AGENT, agent));
}

function conversationName(question: MessagesRequest): string {
	const first = question.messages.find((message) => message.role === "user");
	return /TASK:([\w-]+)/.exec(JSON.stringify(first?.content ?? ""))?.[1] ?? "";
}
