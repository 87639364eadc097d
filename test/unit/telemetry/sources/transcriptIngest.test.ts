import assert from "node:assert/strict";
import {
	appendFileSync,
	cpSync,
	mkdirSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { NO_FACTS } from "../../../../src/facts/callFacts.ts";
import type { TranscriptClient } from "../../../../src/ingest/transcripts/port.ts";
import { functionStats } from "../../../../src/telemetry/queries/queries.ts";
import { transcriptLag, transcriptsRead } from "../../../../src/telemetry/sources/transcriptLag.ts";
import type { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import type { ServiceOptions } from "../../../../src/telemetry/worker/serviceOptions.ts";
import { TelemetryService } from "../../../../src/telemetry/worker/telemetryService.ts";
import { savedStore } from "../../../support/faults/faultFolder.ts";
import { readersHere } from "../../../support/readersHere.ts";
import { sqlJs } from "../../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";
import { fakeClient } from "../../../support/transcripts/fakeTranscripts.ts";
import { runFolder, unpriced } from "../../../support/transcripts/recordedRun.ts";

const HOUR_S = 3600;
const DAY_MS = 24 * HOUR_S * 1000;
/** When everything happens that the fake client tells of. */
const TOLD_AT = 1_700_000_000_000;

describe("The telemetry of transcripts", () => {
	const folder = useTempFolder();
	let opened: TelemetryService[] = [];
	afterEach(async () => {
		for (const service of opened) await service.dispose();
		opened = [];
	});

	async function open(
		client: TranscriptClient = fakeClient,
		changes: Partial<ServiceOptions> = {},
	): Promise<TelemetryService> {
		const service = new TelemetryService(
			await sqlJs(),
			{
				databaseFile: folder.file("storage/telemetry.db"),
				eventsFile: folder.file("agent-events.jsonl"),
				transcriptFolders: [folder.file("projects")],
				retentionDays: 36_500,
				clients: [client],
				...changes,
			},
			() => undefined,
		);
		opened.push(service);
		await service.start();
		return service;
	}

	async function saved(): Promise<TelemetryStore> {
		const store = await savedStore(folder.path);
		assert(store !== null);
		return store;
	}

	function put(name: string, content: string, hoursOld = 0): string {
		const file = folder.file(path.join("projects", name));
		mkdirSync(path.dirname(file), { recursive: true });
		writeFileSync(file, content);
		const time = Date.now() / 1000 - hoursOld * HOUR_S;
		utimesSync(file, time, time);
		return file;
	}

	const calls = (service: TelemetryService): number =>
		functionStats(service.store).reduce((sum, row) => sum + row.calls_total, 0);

	const lines = (from: number, to: number): string =>
		Array.from({ length: to - from }, (_, at) => `use ${from + at} x\nresult ${from + at}\n`).join(
			"",
		);

	it("reads them without any hook, and only what is new after a restart", async () => {
		const file = put("p/one.jsonl", lines(0, 100), 5);
		put("p/two.jsonl", lines(100, 150));
		const first = await open();
		await first.catchUp();
		assert.equal(calls(first), 150);
		await first.dispose();
		appendFileSync(file, lines(200, 210));
		const second = await open();
		await second.catchUp();
		assert.equal(calls(second), 160);
		const { transcripts } = second.facts(0);
		assert.equal(transcripts?.files, 2);
		assert.equal(transcripts?.bytesDone, transcripts?.bytesTotal);
	});

	it("keeps the rows and the places behind them in one", async () => {
		put("p/one.jsonl", lines(0, 5000), 5);
		const first = await open(fakeClient, { saveEveryRows: 1, saveEveryMs: 1 });
		await first.catchUp();
		await first.dispose();
		const store = await saved();
		const [cursor] = store.cursors().filter(({ source }) => source.startsWith("transcript:/"));
		assert.equal(cursor?.byteOffset, Buffer.byteLength(lines(0, 5000)));
		assert.deepEqual(store.first("SELECT count(*) FROM calls"), [5000]);
		store.close();
	});

	it("counts lines that it cannot use by file and kind, each once however often it is read", async () => {
		writeFileSync(folder.file("agent-events.jsonl"), "no json\n");
		const file = put("p/one.jsonl", "use 1 x\nnothing\nsay a\n");
		const counted = async (): Promise<number[]> => {
			const service = await open();
			await service.catchUp();
			const { badLines, transcriptProblems } = service.facts(0);
			await service.dispose();
			assert.deepEqual(badLines, [{ kind: "not_json", count: 1 }]);
			return transcriptProblems.map(({ path: of, kind, lines }) => {
				assert.deepEqual([of, kind], [file, "not_json"]);
				return lines;
			});
		};
		assert.deepEqual(await counted(), [1]);
		// The call is open, so it is begun again before the line.
		assert.deepEqual(await counted(), [1]);
		appendFileSync(file, "nothing\n");
		assert.deepEqual(await counted(), [2]);
		writeFileSync(file, "say b\nsay c, longer than all that was there before\n");
		assert.deepEqual(await counted(), []);
	});

	it("reads again, and counts once, what was rewritten in place between two runs", async () => {
		const file = put("p/one.jsonl", lines(0, 100));
		const first = await open();
		await first.catchUp();
		await first.dispose();
		// The last answer is taken back, and more calls follow than there were before.
		writeFileSync(file, lines(0, 90) + lines(200, 250));
		const second = await open();
		await second.catchUp();
		assert.equal(calls(second), 150);
	});

	it("is measured by files, however many paths lead to one", async () => {
		const file = put("p/one.jsonl", lines(0, 100));
		symlinkSync(file, folder.file("projects/p/also.jsonl"));
		symlinkSync(folder.file("projects/p"), folder.file("projects/alias"));
		const wanted = { clients: [fakeClient], folders: [folder.file("projects")], modifiedSince: 0 };
		const size = Buffer.byteLength(lines(0, 100));
		const first = await open();
		const before = await transcriptLag(first.store, wanted);
		assert.deepEqual(before, { files: 1, bytesDone: 0, bytesTotal: size });
		await first.catchUp();
		const after = await transcriptLag(first.store, wanted);
		assert.deepEqual(after, { files: 1, bytesDone: size, bytesTotal: size });
	});

	it("is not behind where calls are open", async () => {
		put("p/one.jsonl", `use open x\n${lines(0, 100)}`);
		const first = await open();
		await first.catchUp();
		await first.dispose();
		const store = await saved();
		const read = transcriptsRead(store);
		assert.equal(read?.bytesDone, read?.bytesTotal);
		assert.notEqual(
			store.cursors().find(({ source }) => source.endsWith("one.jsonl"))?.byteOffset,
			read?.bytesTotal,
		);
		store.close();
	});

	it("does not read history again after it was cleared, and all of it at a rebuild", async () => {
		put("p/one.jsonl", lines(0, 30), 5);
		const service = await open();
		await service.catchUp();
		await service.clear();
		await service.catchUp();
		assert.equal(calls(service), 0);
		put("p/two.jsonl", lines(30, 35));
		await service.catchUp();
		assert.equal(calls(service), 5);
		const shares: number[] = [];
		await service.rebuild({
			onProgress: (share) => shares.push(share),
			signal: new AbortController().signal,
		});
		assert.equal(calls(service), 35);
		assert.equal(shares.at(-1), 1);
		assert.deepEqual(
			shares,
			[...shares].sort((a, b) => a - b),
		);
		await service.catchUp();
		assert.equal(calls(service), 35);
	});

	it("does not read what nobody wrote to within the retention, until somebody does", async () => {
		const now = TOLD_AT + 10 * DAY_MS;
		const old = put("p/old.jsonl", lines(0, 40), (Date.now() - now) / 3_600_000 + 91 * 24);
		put("p/recent.jsonl", lines(40, 45), (Date.now() - now) / 3_600_000 + 5);
		const service = await open(fakeClient, { now: () => now, retentionDays: 90 });
		await service.catchUp();
		assert.equal(calls(service), 5);
		assert.equal(service.facts(0).transcripts?.files, 1);
		appendFileSync(old, lines(45, 46));
		await service.catchUp();
		assert.equal(calls(service), 46);
	});

	it("leaves out what a transcript tells from before the retention", async () => {
		put("p/one.jsonl", lines(0, 40));
		const now = () => TOLD_AT + 91 * DAY_MS;
		const service = await open(fakeClient, { now, retentionDays: 90 });
		await service.catchUp();
		assert.equal(calls(service), 0);
		const { transcripts } = service.facts(0);
		assert.equal(transcripts?.bytesDone, transcripts?.bytesTotal);
	});

	it("leaves history alone while it is stopped, follows what runs, and goes on when asked to", async () => {
		put("p/old.jsonl", lines(0, 40), 5);
		const file = put("p/now.jsonl", lines(40, 45));
		const service = await open(fakeClient, { readsHistory: false });
		await service.catchUp();
		assert.equal(calls(service), 5);
		assert.equal(service.facts(0).transcripts?.isHistoryStopped, true);
		appendFileSync(file, lines(45, 47));
		await service.catchUp();
		assert.equal(calls(service), 7);
		service.sources.resumeHistory();
		await service.catchUp();
		assert.equal(calls(service), 47);
		service.sources.stopHistory();
		assert.equal(service.facts(0).transcripts?.isHistoryStopped, false);
	});

	it("tells a reader how far the writer is", async () => {
		put("p/one.jsonl", lines(0, 10), 5);
		const writer = await open();
		await writer.catchUp();
		const reader = await open();
		assert.equal(reader.role, "reader");
		const { transcripts } = reader.facts(0);
		assert.deepEqual([transcripts?.files, transcripts?.bytesDone], [1, transcripts?.bytesTotal]);
	});

	it("reads what only it was asked to read once the writer has ended", async () => {
		put("p/one.jsonl", lines(0, 10), 5);
		const writer = await open(fakeClient, { transcriptFolders: [] });
		const other = await open();
		assert.equal(other.role, "reader");
		const caughtUp = other.catchUp();
		await writer.dispose();
		await caughtUp;
		assert.deepEqual([other.role, calls(other)], ["writer", 10]);
	});

	it("counts for itself where the database cannot be written", async () => {
		put("p/one.jsonl", lines(0, 10), 5);
		writeFileSync(folder.file("storage"), "no folder");
		const service = await open();
		await assert.rejects(service.catchUp());
		assert.equal(calls(service), 10);
	});

	it("writes what is derived from a call with the call, and no argument", async () => {
		put("p/one.jsonl", "use 1 secret\nresult 1\n");
		const prepared = new Set<object>();
		const service = await open(fakeClient, {
			readers: readersHere({
				prepare: async (records) => {
					for (const record of records) prepared.add(record);
				},
				derive: (record) => {
					assert(prepared.has(record));
					return { ...NO_FACTS, argsHash: `hash of ${String(record.call?.args).length}` };
				},
			}),
		});
		await service.catchUp();
		await service.dispose();
		const store = await saved();
		assert.deepEqual(store.first("SELECT args_hash FROM calls"), ["hash of 6"]);
		assert.ok(!Buffer.from(store.export()).includes("secret"));
		store.close();
	});

	it("gives the same calls from hooks, from transcripts and from both", async () => {
		const run = runFolder("everything");
		const counted = async (from: "hooks" | "transcripts" | "both") => {
			rmSync(folder.file("storage"), { recursive: true, force: true });
			rmSync(folder.file("agent-events.jsonl"), { force: true });
			rmSync(folder.file("projects"), { recursive: true, force: true });
			if (from !== "transcripts") {
				cpSync(path.join(run, "events.jsonl"), folder.file("agent-events.jsonl"));
			}
			if (from !== "hooks") {
				cpSync(path.join(run, "projects"), folder.file("projects"), { recursive: true });
			}
			const service = await open(unpriced);
			await service.catchUp();
			await service.dispose();
			const store = await saved();
			const rows = store.all<Record<string, unknown>>(
				`SELECT tool_use_id, session_id, agent_id, tool_used, success FROM calls ORDER BY 1`,
			);
			store.close();
			return rows;
		};
		const both = await counted("both");
		assert.deepEqual(
			(await counted("transcripts")).map((row) => row.tool_use_id),
			both.map((row) => row.tool_use_id),
		);
		const hooks = await counted("hooks");
		assert.deepEqual(
			hooks.map((row) => row.tool_use_id),
			both.map((row) => row.tool_use_id),
		);
	});
});
