import assert from "node:assert/strict";
import { transcriptClients } from "../../../../src/ingest/clients/clients.ts";

/** Lines of real clients that were not allowed to do what they were told, without what is not read. */
const REFUSED = {
	"gemini-cli": [
		{
			id: "2d9d436f",
			timestamp: "2026-11-27T19:17:58.709Z",
			type: "gemini",
			content: "",
			tokens: { input: 6204, output: 44, cached: 5002, thoughts: 21, tool: 0, total: 6269 },
			model: "gemini-2.5-flash",
		},
		{
			id: "9054c2cb",
			timestamp: "2026-11-27T19:17:58.711Z",
			type: "user",
			content: [
				{
					functionResponse: {
						name: "run_shell_command",
						id: "a024ec1b#0-0",
						response: {
							error: "Unauthorized tool call: 'run_shell_command' is not available to this agent.",
						},
					},
				},
			],
		},
	],
	"qwen-code": [
		{
			timestamp: "2026-11-27T19:18:39.200Z",
			type: "assistant",
			message: {
				role: "model",
				parts: [
					{
						functionCall: {
							id: "toolu_1",
							name: "run_shell_command",
							args: { command: "touch a.txt" },
						},
					},
				],
			},
		},
		{
			timestamp: "2026-11-27T19:18:39.234Z",
			type: "tool_result",
			message: {
				role: "user",
				parts: [
					{
						functionResponse: {
							id: "toolu_1",
							name: "run_shell_command",
							response: {
								error:
									'Qwen Code requires permission to use "run_shell_command", but that permission was declined.',
							},
						},
					},
				],
			},
			toolCallResult: { callId: "toolu_1", status: "error", errorType: "execution_denied" },
		},
	],
} as const;

describe("Calls that a client refused", () => {
	for (const [name, lines] of Object.entries(REFUSED)) {
		it(`are failed calls of the class denied: ${name}`, () => {
			const client = transcriptClients().find((each) => each.name === name) ?? assert.fail();
			const reader = client.newReader({ session: "s", agent: "a", companions: [] });
			const found = lines.map((line) => reader.line(JSON.stringify(line)));
			const events = found.flatMap(({ records }) => records.map(({ event }) => event));
			assert.deepEqual(
				events.flatMap((event) =>
					event.event === "tool_result"
						? [[event.agent, event.tool, event.success, event.errorClass]]
						: [],
				),
				[["a", "Bash", false, "denied"]],
			);
			assert.equal(events.filter(({ event }) => event === "tool_use").length, 1);
			assert.equal(reader.hasOpenCalls, false);
		});
	}
});
