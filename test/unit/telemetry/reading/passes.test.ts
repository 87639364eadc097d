import assert from "node:assert/strict";
import { cpSync, globSync, readFileSync, truncateSync, utimesSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { FactDeriver } from "../../../../src/facts/factDeriver.ts";
import { TelemetryStore } from "../../../../src/telemetry/storage/store.ts";
import { TelemetryService } from "../../../../src/telemetry/worker/telemetryService.ts";
import { readWasm } from "../../../support/facts/grammars.ts";
import { readersHere } from "../../../support/readersHere.ts";
import { dump, sqlJs } from "../../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";
import {
	runFolder,
	transcriptRecords,
	unpriced,
} from "../../../support/transcripts/recordedRun.ts";

const NOW = Date.now();

describe("The two passes over transcripts", () => {
	const folder = useTempFolder();
	const facts = new FactDeriver({ readWasm });
	after(() => facts.dispose());

	interface Reading {
		readonly width: number;
		readonly chunkBytes: number;
		/** Batches after which the process ends. */
		readonly endsAfter?: number;
	}

	/** Reads what there is; resolves to the rows, null where it was ended before. */
	async function read(database: string, { width, chunkBytes, endsAfter = Infinity }: Reading) {
		let batches = 0;
		let [end, isEnded]: [() => void, boolean] = [() => {}, false];
		const ended = new Promise<void>((resolve) => {
			end = resolve;
		});
		const service = new TelemetryService(
			await sqlJs(),
			{
				databaseFile: folder.file(`${database}/telemetry.db`),
				eventsFile: folder.file("none.jsonl"),
				transcriptFolders: [folder.file("projects")],
				retentionDays: Number.POSITIVE_INFINITY,
				clients: [unpriced],
				readers: readersHere(facts, width, chunkBytes),
				now: () => NOW,
			},
			() => {
				if (++batches < endsAfter || isEnded) return;
				isEnded = true;
				end();
			},
		);
		await service.start();
		await Promise.race([service.catchUp(), ended]);
		const rows = isEnded ? null : dump(service.store);
		await service.dispose();
		return rows;
	}

	/** @param daysOld sessions that are over are read as history */
	function copyRun(daysOld = 2): string[] {
		const projects = folder.file("projects");
		cpSync(path.join(runFolder("everything"), "projects"), projects, { recursive: true });
		const names = globSync("**/*.jsonl", { cwd: projects });
		const then = Date.now() / 1000 - daysOld * 86_400;
		for (const name of names) utimesSync(path.join(projects, name), then, then);
		return names;
	}

	it("leave the same rows however many files are read at once, and in whatever pieces", async () => {
		copyRun();
		const whole = await read("one", { width: 1, chunkBytes: 1024 * 1024 });
		assert((whole?.calls?.length ?? 0) > 0);
		for (const [width, chunkBytes] of [
			[1, 10_000],
			[4, 16_384],
			[8, 100_000],
		] as const) {
			assert.deepEqual(await read(`db-${width}`, { width, chunkBytes }), whole);
		}
	});

	it("leave the rows that one reading of both leaves", async () => {
		copyRun();
		const store = new TelemetryStore(await sqlJs(), null, () => NOW);
		for (const records of transcriptRecords(folder.file("projects"))) {
			await facts.prepare(records);
			const derived = new Map(
				records.flatMap((record) =>
					record.call === null ? [] : [[record.event, facts.derive(record)] as const],
				),
			);
			store.ingest(
				records.map(({ event }) => event),
				null,
				undefined,
				derived,
			);
		}
		const whole = dump(store);
		store.close();
		assert.deepEqual(await read("passes", { width: 2, chunkBytes: 16_384 }), whole);
	});

	it("go on where they were ended, whichever of the two it was", async () => {
		copyRun();
		const whole = await read("whole", { width: 1, chunkBytes: 1024 * 1024 });
		for (const endsAfter of [2, 5, 9]) {
			await read(`cut-${endsAfter}`, { width: 2, chunkBytes: 16_384, endsAfter });
			const rows = await read(`cut-${endsAfter}`, { width: 2, chunkBytes: 16_384 });
			assert.deepEqual(rows, whole, `ended after ${endsAfter} changes`);
		}
	});

	it("read what was appended in both", async () => {
		const files = copyRun(0);
		const whole = await read("whole", { width: 1, chunkBytes: 1024 * 1024 });
		const contents = files.map((name) => readFileSync(folder.file(`projects/${name}`)));
		for (const [index, name] of files.entries()) {
			truncateSync(folder.file(`projects/${name}`), Math.floor((contents[index]?.length ?? 0) / 2));
		}
		await read("grown", { width: 2, chunkBytes: 65_536 });
		for (const [index, name] of files.entries()) {
			writeFileSync(folder.file(`projects/${name}`), contents[index] ?? "");
		}
		assert.deepEqual(await read("grown", { width: 2, chunkBytes: 65_536 }), whole);
	});
});
