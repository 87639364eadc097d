import assert from "node:assert/strict";
import { appendFileSync } from "node:fs";
import type { Telemetry } from "../../../../src/telemetry/api.ts";
import { openFolder, until } from "../../../support/faults/faultFolder.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

const START = Date.parse("2026-01-01T10:00:00.000Z");

describe("Sequences and proposals of the telemetry", () => {
	const folder = useTempFolder();
	let opened: Telemetry[] = [];
	beforeEach(() => {
		for (const session of ["s1", "s2", "s3"]) logCalls(session, ["git", "npm", "jq"]);
	});
	afterEach(async () => {
		for (const telemetry of opened) await telemetry.dispose();
		opened = [];
	});

	function logCalls(session: string, programs: readonly string[]): void {
		const lines = programs.map((program, at) =>
			JSON.stringify({
				v: 2,
				ts: new Date(START + at * 1000).toISOString(),
				event: "tool_result",
				session_id: session,
				id: `toolu_${session}_${at}`,
				tool: "Bash",
				program,
				success: true,
				duration_ms: 5,
			}),
		);
		appendFileSync(folder.file("agent-events.jsonl"), `${lines.join("\n")}\n`);
	}

	async function open(): Promise<Telemetry> {
		const telemetry = openFolder(folder.path);
		opened.push(telemetry);
		await telemetry.catchUp();
		return telemetry;
	}

	it("are found, asked for and decided on in the worker", async () => {
		const telemetry = await open();
		const shares: number[] = [];
		const found = await telemetry.detectSequences(
			{ proposes: true },
			{ onProgress: (share) => shares.push(share) },
		);
		assert.deepEqual(found, { calls: 9, sequences: 1, changedRows: 3, newProposals: 1 });
		assert.equal(shares.at(-1), 1);
		const [sequence] = await telemetry.sequences();
		assert.deepEqual(sequence?.functionIds, ["bash:git", "bash:npm", "bash:jq"]);
		const detail = await telemetry.sequenceDetail(sequence.hash);
		assert.equal(detail?.occurrences.length, 3);
		const [proposal] = await telemetry.proposals();
		await telemetry.decideProposal(proposal?.hash ?? "", "dismissed");
		assert.equal((await telemetry.proposals())[0]?.status, "dismissed");
		await assert.rejects(telemetry.decideProposal("none", "open"), { reason: "failed" });
	});

	it("outlive the process, and a rebuild as far as they were decided on", async () => {
		const first = await open();
		await first.detectSequences({ proposes: true });
		await first.decideProposal((await first.proposals())[0]?.hash ?? "", "dismissed");
		const known = [await first.sequences(), await first.proposals()];
		await first.dispose();
		const second = await open();
		assert.deepEqual([await second.sequences(), await second.proposals()], known);
		await second.rebuild();
		assert.deepEqual([await second.sequences(), await second.proposals()], [[], known[1]]);
	});

	it("are written by the process that has the database, and shown by the others", async () => {
		const writer = await open();
		await writer.detectSequences({ proposes: true });
		await writer.decideProposal((await writer.proposals())[0]?.hash ?? "", "dismissed");
		const reader = openFolder(folder.path);
		opened.push(reader);
		await until(reader, () => reader.role === "reader");
		assert.deepEqual(await reader.proposals(), await writer.proposals());
		const [{ hash } = { hash: "" }] = await reader.proposals();
		await assert.rejects(reader.detectSequences({ proposes: false }), { reason: "not_writer" });
		await assert.rejects(reader.decideProposal(hash, "open"), { reason: "not_writer" });
	});

	it("are left as they were when the search is cancelled", async () => {
		const telemetry = await open();
		const cancel = new AbortController();
		const search = telemetry.detectSequences({ proposes: true }, { signal: cancel.signal });
		cancel.abort();
		await assert.rejects(search, { reason: "cancelled" });
		assert.deepEqual(await telemetry.sequences(), []);
	});
});
