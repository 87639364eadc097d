import {
	eventStream,
	freshId,
	launchedIn,
	type ModelApi,
	placeIn,
	type Said,
	sendJson,
	type Tokens,
	type TurnBlock,
	textsIn,
} from "./api.ts";

/** The part of a request that a scripted answer depends on. */
interface CompletionsRequest {
	readonly model: string;
	readonly messages: readonly { readonly role: string; readonly content?: unknown }[];
	readonly tools?: readonly unknown[];
	readonly stream?: boolean;
}

/** OpenAI's Chat Completions API. */
export const completionsApi: ModelApi = {
	speaks: (pathname) => pathname.endsWith("/chat/completions"),

	read(body) {
		const { model, messages, tools = [], stream = false } = body as CompletionsRequest;
		const said = messages.flatMap(({ role, content }): Said[] => {
			if (role === "assistant") return [{ by: "model" }];
			if (role === "tool") return [{ by: "tool" }];
			return role === "user" ? [{ by: "user", text: textsIn(content, () => true) }] : [];
		});
		const { conversation, step } = placeIn(said);
		return {
			conversation: tools.length > 0 ? conversation : "",
			step,
			model,
			launched: launchedIn(messages),
			isStreamed: stream,
		};
	},

	answer(response, { model, isStreamed }, turn, tokens) {
		const calls = turn.filter((block) => block.type === "tool_use").map(callOf);
		const content = turn.map((block) => (block.type === "text" ? block.text : "")).join("");
		const finish = calls.length > 0 ? "tool_calls" : "stop";
		const about = { id: freshId("chatcmpl"), created: Math.floor(Date.now() / 1000), model };
		const usage = usageOf(tokens);
		const called = calls.length > 0 ? { tool_calls: calls } : {};
		const message = { role: "assistant", content: content || null, ...called };
		if (!isStreamed) {
			const choices = [{ index: 0, message, finish_reason: finish }];
			sendJson(response, { ...about, object: "chat.completion", choices, usage });
			return;
		}
		const send = eventStream(response);
		const chunk = (delta: object, finish_reason: string | null, more: object = {}): void =>
			send({
				...about,
				object: "chat.completion.chunk",
				choices: [{ index: 0, delta, finish_reason }],
				...more,
			});
		chunk(message, null);
		chunk({}, finish);
		send({ ...about, object: "chat.completion.chunk", choices: [], usage });
		send("[DONE]");
		response.end();
	},
};

function callOf(block: TurnBlock & { readonly type: "tool_use" }, index: number): object {
	const { id, name, input } = block;
	if (typeof input === "string") return { index, id, type: "custom", custom: { name, input } };
	return { index, id, type: "function", function: { name, arguments: JSON.stringify(input) } };
}

function usageOf({ input, cacheRead, output, reasoning }: Tokens): object {
	const [read, written] = [input + cacheRead, output + reasoning];
	return {
		prompt_tokens: read,
		prompt_tokens_details: { cached_tokens: cacheRead },
		completion_tokens: written,
		completion_tokens_details: { reasoning_tokens: reasoning },
		total_tokens: read + written,
	};
}
