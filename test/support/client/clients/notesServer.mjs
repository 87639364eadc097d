// A server of tools that clients may start (https://modelcontextprotocol.io): one that works, one that fails.
import { createInterface } from "node:readline";

const schema = { type: "object", properties: { words: { type: "string" } } };
const answers = {
	initialize: ({ protocolVersion }) => ({
		protocolVersion,
		capabilities: { tools: {} },
		serverInfo: { name: "notes", version: "1.0.0" },
	}),
	"tools/list": () => ({
		tools: ["find", "lose"].map((name) => ({ name, description: name, inputSchema: schema })),
	}),
	"tools/call": ({ name }) => ({
		content: [{ type: "text", text: name === "find" ? "a note" : "it is gone" }],
		isError: name !== "find",
	}),
	ping: () => ({}),
};

for await (const line of createInterface({ input: process.stdin })) {
	const { id, method, params = {} } = JSON.parse(line);
	if (id === undefined) continue;
	const answer = answers[method];
	const told =
		answer === undefined
			? { error: { code: -32601, message: "no such method" } }
			: { result: answer(params) };
	process.stdout.write(`${JSON.stringify({ jsonrpc: "2.0", id, ...told })}\n`);
}
