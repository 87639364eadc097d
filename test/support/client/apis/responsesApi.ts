import {
	eventStream,
	freshId,
	launchedIn,
	type ModelApi,
	placeIn,
	type Said,
	type Tokens,
	type TurnBlock,
} from "./api.ts";

/** The part of a request that a scripted answer depends on. */
interface ResponsesRequest {
	readonly model: string;
	readonly input: readonly Item[];
	readonly tools?: readonly unknown[];
}

interface Item {
	readonly type?: string;
	readonly role?: string;
	readonly content?: unknown;
}

/** OpenAI's Responses API, as far as it is streamed. */
export const responsesApi: ModelApi = {
	speaks: (pathname) => pathname.endsWith("/responses"),

	read(body) {
		const { model, input } = body as ResponsesRequest;
		const place = placeIn(input.flatMap(saidBy));
		return { ...place, model, launched: launchedIn(input), isStreamed: true };
	},

	answer(response, { model }, turn, tokens) {
		const sendEvent = eventStream(response);
		const send = (type: string, fields: object): void => sendEvent({ type, ...fields }, type);
		const about = { id: freshId("resp"), object: "response", model };
		send("response.created", { response: { ...about, status: "in_progress", output: [] } });
		const output = turn.map(itemOf);
		for (const [index, item] of output.entries()) {
			send("response.output_item.added", { output_index: index, item });
			send("response.output_item.done", { output_index: index, item });
		}
		const usage = usageOf(tokens);
		send("response.completed", { response: { ...about, status: "completed", output, usage } });
		response.end();
	},
};

/** A task that one agent gives another is no message of a user here. */
function saidBy({ type = "message", role, content }: Item): Said[] {
	if (type === "agent_message") return [{ by: "user", text: JSON.stringify(content) }];
	if (type === "message" && role !== "assistant") {
		return role === "user" ? [{ by: "user", text: JSON.stringify(content) }] : [];
	}
	return [{ by: type.endsWith("_output") ? "tool" : "model" }];
}

function itemOf(block: TurnBlock): object {
	if (block.type === "text") {
		const content = [{ type: "output_text", text: block.text, annotations: [] }];
		return { type: "message", id: freshId("msg"), role: "assistant", status: "completed", content };
	}
	const { id: call_id, name, namespace, input } = block;
	const about = { id: freshId("item"), status: "completed", call_id, name };
	if (typeof input === "string") return { type: "custom_tool_call", ...about, input };
	const spaced = namespace === undefined ? about : { ...about, namespace };
	return { type: "function_call", ...spaced, arguments: JSON.stringify(input) };
}

function usageOf({ input, cacheRead, output, reasoning }: Tokens): object {
	const [read, written] = [input + cacheRead, output + reasoning];
	return {
		input_tokens: read,
		input_tokens_details: { cached_tokens: cacheRead },
		output_tokens: written,
		output_tokens_details: { reasoning_tokens: reasoning },
		total_tokens: read + written,
	};
}
