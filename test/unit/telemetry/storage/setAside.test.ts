import assert from "node:assert/strict";
import { badLinesOf, linesSetAside } from "../../../../src/telemetry/storage/badLines.ts";
import { writeByHalves } from "../../../../src/telemetry/storage/halving.ts";
import { EventLog } from "../../../support/log/eventLog.ts";
import { auditRollups } from "../../../support/telemetry/rollupAudit.ts";
import { eventsOf, NOW, newStore } from "../../../support/telemetry/telemetry.ts";

const CURSOR = { source: "log", fileIdentity: "1:1", byteOffset: 7, lastTs: 9 };

describe("A line that the tables do not take", () => {
	const batch = (bad: readonly number[], count = 40) => {
		const log = new EventLog();
		for (let call = 0; call < count; call++) {
			const id = bad.includes(call) ? `bad${call}` : `c${call}`;
			log.use(id).result(id, undefined, call % 3 !== 0);
		}
		return eventsOf(log.events);
	};

	it("is set aside, counted and named, and all others are written", async () => {
		for (const bad of [[0], [39], [3, 4, 21]]) {
			const store = await newStore();
			store.database.run(`CREATE TRIGGER refuse BEFORE INSERT ON calls
				WHEN new.tool_use_id LIKE 'bad%' BEGIN SELECT raise(ABORT, 'no such call'); END`);
			const changed = store.ingest(batch(bad), CURSOR);
			assert.deepEqual(changed, ["tool:Read"]);
			assert.equal(store.first("SELECT count(*) FROM calls")?.[0], 40 - bad.length);
			assert.deepEqual(store.cursor("log"), CURSOR);
			assert.deepEqual(badLinesOf(store), { not_written: 2 * bad.length });
			const named = linesSetAside(store);
			assert.deepEqual(
				[...new Set(named.map(({ id }) => id))],
				bad.map((call) => `bad${call}`),
			);
			assert.equal(named[0]?.reason, "no such call");
			assert.deepEqual(auditRollups(store, NOW), []);
			store.ingest(batch([], 60), { ...CURSOR, byteOffset: 8 });
			assert.equal(store.first("SELECT count(*) FROM calls WHERE tool_use_id LIKE 'c%'")?.[0], 60);
			assert.deepEqual(auditRollups(store, NOW), []);
			store.close();
		}
	});

	it("is not blamed for what is wrong with the database: nothing is written, no cursor moves", async () => {
		const store = await newStore();
		store.database.run(`CREATE TRIGGER refuse BEFORE INSERT ON calls
			BEGIN SELECT raise(ABORT, 'database disk image is malformed'); END`);
		assert.throws(() => store.ingest(batch([]), CURSOR), /malformed/);
		assert.equal(store.cursor("log"), null);
		assert.deepEqual(badLinesOf(store), {});
		assert.throws(() => store.ingest(batch([]), { ...CURSOR, byteOffset: Number.NaN }));
		assert.equal(store.first("SELECT count(*) FROM sessions")?.[0], 0);
	});

	it("is found in as many steps as halving takes", () => {
		let writes = 0;
		const left: number[] = [];
		writeByHalves(
			Array.from({ length: 4096 }, (_, number) => number),
			(part) => {
				writes++;
				if (part.includes(1234)) throw new Error("no");
			},
			(item) => left.push(item),
		);
		assert.deepEqual([left, writes], [[1234], 25]);
	});
});
