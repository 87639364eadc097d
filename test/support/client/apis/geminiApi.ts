import {
	eventStream,
	freshId,
	type ModelApi,
	placeIn,
	type Said,
	sendJson,
	type Tokens,
	type TurnBlock,
	textsIn,
} from "./api.ts";

/** The part of a request that a scripted answer depends on. */
interface GeminiRequest {
	readonly contents: readonly { readonly role?: string; readonly parts: readonly object[] }[];
	readonly tools?: readonly unknown[];
}

const ASKED = /\/models\/([^/:]+):(streamG|g)enerateContent$/;

/** Google's Gemini API. */
export const geminiApi: ModelApi = {
	speaks: (pathname) => ASKED.test(pathname),

	read(body, pathname) {
		const { contents, tools = [] } = body as GeminiRequest;
		const [, model = "", verb] = ASKED.exec(pathname) ?? [];
		const said = contents.map(({ role, parts }): Said => {
			if (role === "model") return { by: "model" };
			const isResult = parts.some((part) => "functionResponse" in part);
			return isResult ? { by: "tool" } : { by: "user", text: textsIn(parts, () => true) };
		});
		const { conversation, step } = placeIn(said);
		return {
			conversation: tools.length > 0 ? conversation : "",
			step,
			model,
			launched: "",
			isStreamed: verb === "streamG",
		};
	},

	answer(response, { model, isStreamed }, turn, tokens) {
		const body = {
			candidates: [
				{ index: 0, finishReason: "STOP", content: { role: "model", parts: turn.map(partOf) } },
			],
			usageMetadata: usageOf(tokens),
			modelVersion: model,
			responseId: freshId("resp"),
		};
		if (!isStreamed) {
			sendJson(response, body);
			return;
		}
		eventStream(response)(body);
		response.end();
	},
};

function partOf(block: TurnBlock): object {
	return block.type === "text"
		? { text: block.text }
		: { functionCall: { name: block.name, args: block.input } };
}

function usageOf({ input, cacheRead, output, reasoning }: Tokens): object {
	const read = input + cacheRead;
	return {
		promptTokenCount: read,
		cachedContentTokenCount: cacheRead,
		candidatesTokenCount: output,
		thoughtsTokenCount: reasoning,
		totalTokenCount: read + output + reasoning,
	};
}
