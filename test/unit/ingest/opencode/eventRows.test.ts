import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { EventRows } from "../../../../src/ingest/opencode/eventRows.ts";
import type { FilePosition } from "../../../../src/ingest/tailedFile.ts";
import { CASES } from "../../../support/cases.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

const RECORDED = path.join(CASES, "../clients/opencode/shell-and-subagent/projects/opencode.db");
const EVENTS = 108;

describe("Events of opencode's database", () => {
	const folder = useTempFolder();
	const file = (): string => folder.file("opencode.db");
	const opened: EventRows[] = [];
	let writer: DatabaseSync;

	beforeEach(() => {
		cpSync(RECORDED, file());
		writer = new DatabaseSync(file());
		writer.exec(
			"PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA busy_timeout = 0; PRAGMA foreign_keys = OFF",
		);
	});
	afterEach(async () => {
		for (const rows of opened.splice(0)) await rows.close();
		writer.close();
	});

	function open(start: FilePosition | null = null): EventRows {
		const rows = new EventRows(file(), start);
		opened.push(rows);
		return rows;
	}

	async function linesOf(rows: EventRows, bytes = 4096): Promise<string[]> {
		await rows.look();
		const chunk = Buffer.alloc(bytes);
		let text = "";
		do {
			text += (await rows.read(chunk))?.toString("utf8") ?? "";
		} while (!rows.isAtEnd);
		return text.split("\n").filter((line) => line !== "");
	}

	let seq = 10_000;
	const add = (id: string): void => {
		const insert = writer.prepare(
			"INSERT INTO event VALUES (?, 'ses_x', ?, 'session.idle.1', '{}')",
		);
		insert.run(id, seq++);
	};

	it("are lines, whatever fits at a time", async () => {
		const all = await linesOf(open());
		assert.equal(all.length, EVENTS);
		for (const line of all) assert.equal(typeof JSON.parse(line).session, "string");
		assert.deepEqual(await linesOf(open(), 33), all);
	});

	it("are read on from the last row, out of the log beside the database", async () => {
		const rows = open();
		await linesOf(rows);
		add("new1");
		assert.equal((await linesOf(rows)).length, 1);
		assert.equal((await linesOf(rows)).length, 0);
		await rows.release();
		add("new2");
		assert.equal((await linesOf(rows)).length, 1);
	});

	it("are begun again where they were left, and at the beginning of another database", async () => {
		const rows = open();
		await linesOf(rows);
		const half = rows.positionAt(rows.offset);
		add("new1");
		const [line] = await linesOf(rows);
		assert.deepEqual(await linesOf(open(half)), [line]);
		const end = rows.positionAt(rows.offset);
		assert.deepEqual(await linesOf(open(end)), []);
		writer.exec("DELETE FROM event");
		add("other");
		assert.equal((await linesOf(open(end))).length, 1);
	});

	it("hold nobody up who writes", async () => {
		const rows = open();
		await rows.look();
		const chunk = Buffer.alloc(2048);
		for (let count = 0; count < 300; count++) {
			// Its client waits for nothing here: a lock would be an error at once.
			add(`n${count}`);
			if (count % 3 === 0) await rows.read(chunk);
		}
		writer.exec("PRAGMA wal_checkpoint(TRUNCATE)");
		await linesOf(rows);
		assert.equal(writer.prepare("SELECT count(*) AS n FROM event").get()?.n, EVENTS + 300);
	});

	it("are of nobody's where there is no database", async () => {
		assert.equal(await new EventRows(folder.file("none.db")).look(), "missing");
	});
});
