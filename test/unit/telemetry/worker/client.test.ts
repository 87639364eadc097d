import assert from "node:assert/strict";
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import type { Telemetry } from "../../../../src/telemetry/api.ts";
import { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import type { OpenOptions } from "../../../../src/telemetry/worker/telemetryClient.ts";
import {
	assertNothingLost,
	CallWriter,
	openFolder,
	savedStore,
	until,
} from "../../../support/faults/faultFolder.ts";
import { sqlJs } from "../../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

describe("The telemetry", () => {
	const folder = useTempFolder();
	const database = () => folder.file("storage/telemetry.db");
	let calls: CallWriter;
	let opened: Telemetry[] = [];
	beforeEach(() => {
		calls = new CallWriter(folder.path);
	});
	afterEach(async () => {
		for (const telemetry of opened) await telemetry.dispose();
		opened = [];
	});

	function open(changes: Partial<OpenOptions> = {}): Telemetry {
		const telemetry = openFolder(folder.path, changes);
		opened.push(telemetry);
		return telemetry;
	}

	/** As a session that reads the log and ends. */
	async function readOnce(): Promise<void> {
		const telemetry = open();
		await telemetry.catchUp();
		await telemetry.dispose();
	}

	const total = async (telemetry: Telemetry) =>
		(await telemetry.functionStats()).reduce((sum, row) => sum + row.calls_total, 0);

	it("answers what it is asked of a log", async () => {
		calls.write(30);
		appendFileSync(folder.file("agent-events.jsonl"), "not json\n");
		const telemetry = open();
		await telemetry.catchUp();
		assert.equal(await total(telemetry), 30);
		const [read] = await telemetry.functionStats(["tool:Read"]);
		assert.deepEqual([read?.function_id, read?.calls_total], ["tool:Read", 10]);
		const detail = await telemetry.functionDetail("tool:Read");
		assert.deepEqual([detail.calls.length, detail.errors[0]?.count], [10, 2]);
		const facts = await telemetry.facts(2);
		assert.deepEqual([facts.role, facts.trouble, facts.lagBytes], ["writer", null, 0]);
		assert.deepEqual(facts.badLines, [{ kind: "not_json", count: 1 }]);
		assert.equal(facts.topFunctions.length, 2);
		assert.equal(facts.sessions.length, 7);
		assert.equal(facts.databaseBytes, readFileSync(database()).length);
		assert(facts.savedAt !== null && facts.ingestedBytes > 0);
	});

	it("tells which functions changed as events come", async () => {
		const telemetry = open();
		await telemetry.catchUp();
		const changed = new Promise<readonly string[]>((resolve) =>
			telemetry.onDidChange(({ functionIds }) => functionIds?.length && resolve(functionIds)),
		);
		calls.write(1);
		assert.deepEqual(await changed, ["tool:Bash"]);
	});

	it("leaves no request without an answer when it ends", async () => {
		const telemetry = open();
		const asked = [telemetry.functionStats(), telemetry.facts(), telemetry.catchUp()];
		await telemetry.dispose();
		for (const each of await Promise.allSettled(asked)) {
			if (each.status === "rejected") assert.equal(each.reason.reason, "closed");
		}
		await assert.rejects(telemetry.functionStats(), { reason: "closed" });
		assert.equal(telemetry.role, "closed");
	});

	it("cancels what was asked for before the database was loaded", async () => {
		calls.write(20);
		const telemetry = open();
		const cancellation = new AbortController();
		const { signal } = cancellation;
		const asked = [
			telemetry.rebuild({ signal }),
			telemetry.detectSequences({ proposes: true }, { signal }),
		];
		cancellation.abort();
		for (const each of asked) await assert.rejects(each, { reason: "cancelled" });
		await assert.rejects(telemetry.facts(0, { signal }), { reason: "cancelled" });
		await telemetry.catchUp();
		assert.equal(await total(telemetry), 20);
	});

	it("says so when its worker cannot be started", async () => {
		const telemetry = open({ workerFile: folder.file("none.cjs") });
		await assert.rejects(telemetry.facts(), { reason: "closed" });
		assert.deepEqual([telemetry.role, telemetry.trouble?.reason], ["closed", "failed"]);
	});

	it("takes the backup for a damaged file, which it keeps, and says so once", async () => {
		calls.write(50);
		await readOnce();
		calls.write(50);
		await readOnce();
		const damaged = readFileSync(database()).fill(0x5a, 1000, 9000);
		writeFileSync(database(), damaged);
		calls.write(50);
		const telemetry = open();
		const troubles: (string | undefined)[] = [];
		telemetry.onDidChange(({ trouble }) => troubles.push(trouble?.reason));
		await telemetry.catchUp();
		assert(troubles.includes("corrupt"));
		assert.equal(telemetry.trouble, null);
		await telemetry.dispose();
		await assertNothingLost(folder.path, calls.ids);
		const aside = readdirSync(folder.file("storage")).find((name) => name.includes(".corrupt-"));
		assert.deepEqual(readFileSync(folder.file(`storage/${aside}`)), damaged);
	});

	it("makes it anew from the logs when the backup is damaged too", async () => {
		calls.write(50);
		await readOnce();
		for (const name of [database(), `${database()}.bak`]) writeFileSync(name, "no database");
		await readOnce();
		await assertNothingLost(folder.path, calls.ids);
	});

	it("only reads a database of a newer version", async () => {
		calls.write(20);
		await readOnce();
		const newer = new TelemetryStore(await sqlJs(), readFileSync(database()));
		newer.database.run("PRAGMA user_version = 99");
		writeFileSync(database(), newer.export());
		newer.close();
		const before = readFileSync(database());
		calls.write(20);
		const telemetry = open();
		assert.equal(await total(telemetry), 20);
		assert.deepEqual([telemetry.role, telemetry.trouble?.reason], ["reader", "newer_schema"]);
		await assert.rejects(telemetry.clear(), { reason: "newer_schema" });
		await telemetry.dispose();
		assert.deepEqual(readFileSync(database()), before);
	});

	it("shows a reader what the writer saved, and makes it the writer when that one ends", async () => {
		const writer = open();
		await writer.catchUp();
		const reader = open();
		await reader.facts();
		assert.deepEqual([writer.role, reader.role], ["writer", "reader"]);
		calls.write(40);
		await reader.catchUp();
		assert.equal(await total(reader), 40);
		await assert.rejects(reader.rebuild(), { reason: "not_writer" });
		await writer.dispose();
		await until(reader, () => reader.role === "writer");
	});

	it("is empty after it was cleared, and counts from then on", async () => {
		calls.write(40);
		const telemetry = open();
		await telemetry.catchUp();
		await telemetry.clear();
		assert.deepEqual(await telemetry.functionStats(), []);
		calls.write(2);
		await telemetry.catchUp();
		await telemetry.dispose();
		await readOnce();
		const store = await savedStore(folder.path);
		assert.deepEqual(store?.first("SELECT count(*) FROM calls"), [2]);
		store?.close();
	});

	it("is the same after it was rebuilt, from renamed logs too", async () => {
		const telemetry = open({ rotateAboveBytes: 2000 });
		for (let round = 0; round < 3; round++) {
			calls.write(20);
			await telemetry.catchUp();
		}
		const logs = readdirSync(folder.path).filter((name) => name.startsWith("agent-events."));
		assert(logs.length >= 3, `${logs}`);
		calls.write(5);
		const shares: number[] = [];
		await telemetry.rebuild({ onProgress: (share) => shares.push(share) });
		assert.equal(shares.at(-1), 1);
		assert.deepEqual(shares, [...shares].sort());
		await telemetry.catchUp();
		await telemetry.dispose();
		await assertNothingLost(folder.path, calls.ids);
	});

	it("stays as it was when the rebuild is cancelled", async () => {
		calls.write(20_000);
		const telemetry = open();
		await telemetry.catchUp();
		const cancellation = new AbortController();
		const rebuilding = telemetry.rebuild({
			onProgress: () => cancellation.abort(),
			signal: cancellation.signal,
		});
		await assert.rejects(rebuilding, { reason: "cancelled" });
		assert.equal(await total(telemetry), 20_000);
		calls.write(1);
		await telemetry.catchUp();
		assert.equal(await total(telemetry), 20_001);
	});

	it("renames a log that has grown too large, once it was read", async () => {
		const telemetry = open({ rotateAboveBytes: 10_000 });
		calls.write(100);
		await telemetry.catchUp();
		assert.equal(readFileSync(folder.file("agent-events.jsonl"), "utf8"), "");
		calls.write(10);
		await telemetry.catchUp();
		await telemetry.dispose();
		await readOnce();
		await assertNothingLost(folder.path, calls.ids);
	});
});
