import assert from "node:assert/strict";
import { transcriptClients } from "../../../../src/ingest/clients/clients.ts";
import { LinesHere } from "../../../../src/ingest/transcripts/lineWork.ts";

const record = (uuid: string): string =>
	JSON.stringify({
		type: "assistant",
		sessionId: "s1",
		uuid,
		timestamp: "2026-01-05T09:00:00.000Z",
		message: {
			id: `m-${uuid}`,
			role: "assistant",
			model: "claude-opus-4-8",
			content: [{ type: "text", text: "x" }],
			usage: { input_tokens: 1, output_tokens: 2 },
		},
	});

/** @returns messages, problems, and bytes that are left */
function read(text: string, isAtEnd: boolean): unknown[] {
	const client = transcriptClients().find(({ name }) => name === "claude-code");
	if (client === undefined) throw new Error("no such client");
	const file = { session: "s1", agent: "", companions: [] };
	const bytes = Buffer.from(text);
	const lines = new LinesHere({ client, file }, "events");
	const { records, problems, lineEnd } = lines.read(bytes, { start: 0, readBefore: 0, isAtEnd });
	const messages = records.filter(({ event }) => event.event === "usage");
	return [messages.length, problems, bytes.length - lineEnd];
}

describe("The last line of a transcript, without a newline", () => {
	it("is used with every whole record that stands in it", () => {
		const cut = record("a").slice(0, 50);
		assert.deepEqual(read(record("a"), true), [1, [], 0]);
		assert.deepEqual(read(record("a") + record("b"), true), [2, [], 0]);
		assert.deepEqual(read(cut + record("b"), true), [1, ["cut_line"], 0]);
	});

	it("is waited for while it may go on", () => {
		const two = record("a") + record("b");
		assert.deepEqual(read(two, false), [0, [], two.length]);
		assert.deepEqual(read(two.slice(0, -1), true), [0, [], two.length - 1]);
	});
});
