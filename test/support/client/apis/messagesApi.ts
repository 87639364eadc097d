import {
	eventStream,
	freshId,
	launchedIn,
	type ModelApi,
	placeIn,
	type TurnBlock,
	textsIn,
} from "./api.ts";

/** The part of a request that a scripted answer depends on. */
interface MessagesRequest {
	readonly model: string;
	readonly messages: readonly { readonly role: string; readonly content: unknown }[];
	readonly tools?: readonly unknown[];
}

/** Anthropic's Messages API; an answer is streamed in the order that it has. */
export const messagesApi: ModelApi = {
	speaks: (pathname) => pathname === "/v1/messages",

	read(body) {
		const { model, messages, tools = [] } = body as MessagesRequest;
		const said = messages.map(({ role, content }) => ({
			by: role === "assistant" ? ("model" as const) : ("user" as const),
			text: textsIn(content, ({ type }) => type === "text"),
		}));
		const { conversation, step } = placeIn(said);
		return {
			conversation: tools.length > 0 ? conversation : "",
			step,
			model,
			launched: launchedIn(messages),
			isStreamed: true,
		};
	},

	answer(response, { model }, blocks, tokens) {
		const sendEvent = eventStream(response);
		const send = (type: string, fields: object): void => sendEvent({ type, ...fields }, type);
		const usage = {
			input_tokens: tokens.input,
			cache_creation_input_tokens: tokens.cacheWrite,
			cache_read_input_tokens: tokens.cacheRead,
			output_tokens: tokens.output + tokens.reasoning,
		};
		const message = { id: freshId("msg"), type: "message", role: "assistant", model };
		send("message_start", {
			message: { ...message, content: [], stop_reason: null, stop_sequence: null, usage },
		});
		for (const [index, block] of blocks.entries()) {
			send("content_block_start", { index, content_block: emptyBlock(block) });
			send("content_block_delta", { index, delta: blockDelta(block) });
			send("content_block_stop", { index });
		}
		const callsTool = blocks.some((block) => block.type === "tool_use");
		const delta = { stop_reason: callsTool ? "tool_use" : "end_turn", stop_sequence: null };
		send("message_delta", { delta, usage: { output_tokens: usage.output_tokens } });
		send("message_stop", {});
		response.end();
	},
};

function emptyBlock(block: TurnBlock): object {
	return block.type === "text" ? { type: "text", text: "" } : { ...block, input: {} };
}

function blockDelta(block: TurnBlock): object {
	return block.type === "text"
		? { type: "text_delta", text: block.text }
		: { type: "input_json_delta", partial_json: JSON.stringify(block.input) };
}
