import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { freshId, type ModelApi, type Question, type Tokens, type TurnBlock } from "./apis/api.ts";
import { completionsApi } from "./apis/completionsApi.ts";
import { geminiApi } from "./apis/geminiApi.ts";
import { messagesApi } from "./apis/messagesApi.ts";
import { responsesApi } from "./apis/responsesApi.ts";

/** One answer of the model: text and tool calls, in order. */
export type Turn = readonly TurnBlock[];

/** Conversations by name; step k is the answer given after k answers before it. */
export type Script = Readonly<Record<string, readonly Turn[]>>;

/** An answer that was given. */
export interface Answered {
	/** Empty for what the client asked for itself. */
	readonly conversation: string;
	readonly tokens: Tokens;
	/** When it was asked for and given, ms since the epoch. */
	readonly askedAt: number;
	readonly at: number;
}

/** What the model says where a script has no more to say. */
const LAST_WORD: Turn = [{ type: "text", text: "done" }];

const APIS: readonly ModelApi[] = [messagesApi, responsesApi, completionsApi, geminiApi];

/**
 * Time before the orchestrator's last word, ms, after which the client exits and ends the hooks that
 * still run. A real model takes about as long; an answer at once has lost an event on a busy machine.
 */
const BEFORE_EXIT_MS = 1000;

/** A stand-in on loopback for the models of all vendors, each asked by its own API. */
export class ScriptedModel {
	/** Time from an answer to the next question of the same conversation, ms: the calls between. */
	readonly turnTimes: number[] = [];
	/** In the order in which they were given. */
	readonly answered: Answered[] = [];
	readonly #script: Script;
	readonly #thinksMs: number;
	readonly #waiting: { readonly conversation: string; resolve(): void }[] = [];
	readonly #answeredAt = new Map<string, number>();
	readonly #server = createServer((request, response) => void this.#answer(request, response));

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

	/** Resolves once a conversation has had an answer. */
	firstAnswer(conversation: string): Promise<void> {
		return new Promise((resolve) => {
			this.#waiting.push({ conversation, resolve });
		});
	}

	async close(): Promise<void> {
		this.#server.closeAllConnections();
		await new Promise<void>((resolve) => this.#server.close(() => resolve()));
	}

	async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const [askedAt, asked] = [Date.now(), performance.now()];
		let body = "";
		for await (const chunk of request) body += chunk;
		const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
		const api = APIS.find((each) => each.speaks(pathname));
		if (request.method !== "POST" || api === undefined) {
			response.writeHead(404).end("{}");
			return;
		}
		const question = api.read(JSON.parse(body), pathname);
		const { conversation: name } = question;
		const answeredAt = this.#answeredAt.get(name);
		if (name !== "" && answeredAt !== undefined) this.turnTimes.push(asked - answeredAt);
		const turn = this.#turn(question);
		const isLast = name === "main" && turn === LAST_WORD;
		const thinksMs = isLast ? Math.max(BEFORE_EXIT_MS, this.#thinksMs) : this.#thinksMs;
		if (thinksMs > 0) await sleep(thinksMs);
		const tokens = this.#tokensOf(name);
		api.answer(response, question, turn, tokens);
		this.#answeredAt.set(name, performance.now());
		this.answered.push({ conversation: name, tokens, askedAt, at: Date.now() });
		for (const { conversation, resolve } of this.#waiting) if (conversation === name) resolve();
	}

	#turn({ conversation, step, launched }: Question): Turn {
		const turn = this.#script[conversation]?.[step];
		if (turn === undefined) return LAST_WORD;
		return turn.map((block) =>
			block.type === "tool_use" ? { ...filled(block, launched), id: freshId("toolu") } : block,
		);
	}

	/** Others for each conversation, so that sums tell whose they are. */
	#tokensOf(conversation: string): Tokens {
		const index = Object.keys(this.#script).indexOf(conversation) + 1;
		return {
			input: 1200 + index,
			cacheRead: 5000 + index,
			cacheWrite: 300,
			output: 42 + index,
			reasoning: 21,
		};
	}
}

/** Stands in a call's arguments for the agent that the conversation launched last. */
export const LAUNCHED_AGENT = "$AGENT";

function filled(block: TurnBlock, agent: string): TurnBlock {
	return JSON.parse(JSON.stringify(block).replaceAll(LAUNCHED_AGENT, agent));
}
