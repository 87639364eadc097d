import assert from "node:assert/strict";
import { mkdir, symlink, writeFile } from "node:fs/promises";
import * as path from "node:path";
import { readTranscript, reasonOf } from "../../../src/transcripts/readTranscript.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const SESSION = "00000001-0000-4000-8000-000000000000";

const SHOWN = { title: "x", call: "" };

const said = (text: string, fields: object = {}) =>
	JSON.stringify({ type: "assistant", message: { content: [{ type: "text", text }] }, ...fields });

const failed = (id: string, content: string) =>
	JSON.stringify({
		type: "user",
		message: { content: [{ type: "tool_result", tool_use_id: id, content, is_error: true }] },
	});

describe("reading a transcript on demand", () => {
	const folder = useTempFolder();

	async function write(files: Record<string, readonly string[]>): Promise<string[]> {
		for (const [name, lines] of Object.entries(files)) {
			const file = folder.file(name);
			await mkdir(path.dirname(file), { recursive: true });
			await writeFile(file, `${lines.join("\n")}\n`);
		}
		return [folder.file("nowhere"), folder.path];
	}

	it("finds the file of a session, and that of an agent", async () => {
		const folders = await write({
			[`demo/${SESSION}.jsonl`]: [said("the orchestrator")],
			[`demo/${SESSION}/subagents/agent-a1.jsonl`]: [said("the agent")],
		});
		const whole = await readTranscript({ folders, session: SESSION, agent: "" }, SHOWN);
		assert.match(whole?.text ?? "", /the orchestrator/);
		const agents = await readTranscript({ folders, session: SESSION, agent: "a1" }, SHOWN);
		assert.match(agents?.text ?? "", /the agent/);
	});

	it("shows of a session's file what an agent wrote into it", async () => {
		const folders = await write({
			[`demo/${SESSION}.jsonl`]: [said("orchestrator"), said("agent", { agentId: "a1" })],
		});
		const found = await readTranscript({ folders, session: SESSION, agent: "a1" }, SHOWN);
		assert.doesNotMatch(found?.text ?? "", /orchestrator/);
	});

	it("finds an agent beside its session, and one behind a linked folder", async () => {
		const folders = await write({
			[`demo/${SESSION}.jsonl`]: [said("the orchestrator")],
			"demo/agent-a1b2.jsonl": [said("beside it")],
			[`kept/elsewhere/${SESSION}/subagents/agent-a2.jsonl`]: [said("behind a link")],
		});
		await symlink(folder.file("kept/elsewhere"), folder.file("linked"));
		const textOf = async (agent: string, from: readonly string[]) =>
			(await readTranscript({ folders: from, session: SESSION, agent }, SHOWN))?.text ?? "";
		assert.match(await textOf("a1b2", folders), /beside it/);
		assert.match(await textOf("a2", folders), /behind a link/);
	});

	it("takes no request that the client made for itself for a session", async () => {
		const folders = await write({
			[`demo/${SESSION}/subagents/agent-acompact-1.jsonl`]: [said("a summary")],
		});
		assert.equal(await readTranscript({ folders, session: SESSION, agent: "" }, SHOWN), null);
	});

	it("reads records that ended up in one line, and behind one that was cut off", async () => {
		const whole = { type: "assistant", sessionId: SESSION };
		const record = (text: string) =>
			JSON.stringify({ ...whole, message: { content: [{ type: "text", text }] } });
		const folders = await write({
			[`demo/${SESSION}.jsonl`]: [
				record("first") + record("second"),
				record("lost").slice(0, 40) + record("third"),
			],
		});
		const found = await readTranscript({ folders, session: SESSION, agent: "" }, SHOWN);
		for (const text of ["first", "second", "third"]) assert.match(found?.text ?? "", RegExp(text));
		assert.doesNotMatch(found?.text ?? "", /lost/);
	});

	it("says that there is none", async () => {
		const folders = await write({});
		const request = { folders, session: SESSION, agent: "a1" };
		assert.equal(await readTranscript(request, SHOWN), null);
		assert.equal(await reasonOf(request, "t1"), null);
	});

	it("tells why a call failed by the first lines of what came back", async () => {
		const folders = await write({
			[`demo/${SESSION}.jsonl`]: [
				failed("t1", "Exit code 1\n\nerror: no such file\n"),
				failed("t2", Array.from({ length: 50 }, (_, index) => `line ${index}`).join("\n")),
			],
		});
		const request = { folders, session: SESSION, agent: "" };
		assert.equal(await reasonOf(request, "t1"), "Exit code 1\nerror: no such file");
		assert.match((await reasonOf(request, "t2")) ?? "", /line 5 …$/);
		assert.equal(await reasonOf(request, "t3"), null);
	});

	it("stops when nobody waits for it any longer", async () => {
		const folders = await write({ [`demo/${SESSION}.jsonl`]: [said("x")] });
		const signal = AbortSignal.abort();
		const request = { folders, session: SESSION, agent: "", signal };
		await assert.rejects(readTranscript(request, SHOWN), { name: "AbortError" });
	});
});
