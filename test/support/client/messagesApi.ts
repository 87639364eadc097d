import type { ServerResponse } from "node:http";

/** A block of an answer. A tool call's id is given by the server. */
export type TurnBlock =
	| { readonly type: "text"; readonly text: string }
	| {
			readonly type: "tool_use";
			readonly id?: string;
			readonly name: string;
			readonly input: Readonly<Record<string, unknown>>;
	  };

/** The part of a request that a scripted answer depends on. */
export interface MessagesRequest {
	readonly model: string;
	readonly messages: readonly { readonly role: string; readonly content: unknown }[];
	readonly tools?: readonly unknown[];
}

const usage = {
	input_tokens: 1200,
	cache_creation_input_tokens: 300,
	cache_read_input_tokens: 5000,
	output_tokens: 42,
};

let nextMessage = 1;

/** Streams one assistant message as server-sent events, in the order the Messages API has them. */
export function sendMessage(
	response: ServerResponse,
	model: string,
	blocks: readonly TurnBlock[],
): void {
	response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" });
	const send = (type: string, fields: object): void => {
		response.write(`event: ${type}\ndata: ${JSON.stringify({ type, ...fields })}\n\n`);
	};
	const message = { id: `msg_${nextMessage++}`, type: "message", role: "assistant", model };
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
}

function emptyBlock(block: TurnBlock): object {
	return block.type === "text" ? { type: "text", text: "" } : { ...block, input: {} };
}

function blockDelta(block: TurnBlock): object {
	return block.type === "text"
		? { type: "text_delta", text: block.text }
		: { type: "input_json_delta", partial_json: JSON.stringify(block.input) };
}
