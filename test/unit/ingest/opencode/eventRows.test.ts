import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, readdirSync } from "node:fs";
import * as path from "node:path";
import { DatabaseSync } from "node:sqlite";
import type { FilePosition } from "../../../../src/ingest/files/tailedFile.ts";
import { EventRows } from "../../../../src/ingest/opencode/eventRows.ts";
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
		writer.exec("DELETE FROM event; DELETE FROM session");
		add("other");
		assert.equal((await linesOf(open(end))).length, 1);
	});

	it("are followed by messages that no event tells, each as a whole when it has changed", async () => {
		writer.exec("DROP TABLE event");
		const rows = open();
		const lines = await linesOf(rows);
		const types = new Set(lines.map((line) => JSON.parse(line).type));
		assert.deepEqual([...types], ["session.created", "message.updated", "message.part.updated"]);
		assert.deepEqual(await linesOf(rows), []);
		const end = rows.positionAt(rows.offset);
		const [{ id = "" } = {}] = writer.prepare("SELECT message_id AS id FROM part LIMIT 1").all();
		writer
			.prepare("UPDATE part SET time_updated = ? WHERE message_id = ?")
			.run(Date.now(), String(id));
		writer.prepare("UPDATE session SET time_updated = ?").run(Date.now());
		const told = await linesOf(rows);
		assert.ok(told.length > 2 && told.length < lines.length);
		assert.ok(told.every((line) => lines.includes(line)));
		assert.deepEqual(await linesOf(rows), []);
		assert.deepEqual(await linesOf(open(end)), told);
	});

	it("are those of a session that went on, behind the messages that are older than they", async () => {
		const of = "aggregate_id = (SELECT id FROM session WHERE parent_id IS NULL)";
		const all = await linesOf(open());
		writer.exec(
			`DELETE FROM event WHERE ${of} AND rowid < (SELECT max(rowid) - 8 FROM event WHERE ${of})`,
		);
		const calls = (lines: string[]) =>
			new Set(lines.flatMap((line) => JSON.parse(line).data.part?.callID ?? [])).size;
		assert.equal(calls(await linesOf(open())), calls(all));
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

	it("hold up no process that writes as fast as it can", async () => {
		// Whoever begins to write where nobody does is looked at anew, which is no concern here.
		add("first");
		const child = spawn(process.execPath, ["--input-type=module", "-e", WRITER, file()], {
			stdio: ["ignore", "pipe", "inherit"],
		});
		let said = "";
		child.stdout.on("data", (data) => {
			said += String(data);
		});
		const exit = once(child, "exit");
		const rows = open();
		let lines = 0;
		while (child.exitCode === null) {
			lines += (await linesOf(rows)).length;
			await new Promise((resolve) => setImmediate(resolve));
		}
		await exit;
		lines += (await linesOf(rows)).length;
		assert.equal(said, "held up 0 times");
		assert.equal(lines, EVENTS + 1 + WRITTEN);
	});

	it("leave nothing behind beside a database that nobody writes to", async () => {
		writer.close();
		assert.deepEqual(readdirSync(folder.path), ["opencode.db"]);
		const rows = open();
		assert.equal((await linesOf(rows)).length, EVENTS);
		assert.deepEqual(readdirSync(folder.path), ["opencode.db"]);
		writer = new DatabaseSync(file());
		writer.exec("PRAGMA foreign_keys = OFF");
		add("new1");
		assert.ok(existsSync(`${file()}-wal`));
		assert.equal((await linesOf(rows)).length, 1);
	});

	describe("of which only some are wanted", () => {
		const NOW = 1_800_000_000_000;
		const begin = (session: string, at: number, parent: string | null = null): void => {
			writer
				.prepare(
					`INSERT INTO session (id, project_id, parent_id, slug, directory, title, version, time_created,
						time_updated) VALUES (?, 'p', ?, 's', '/home/dev/project', 't', '1', ?, ?)`,
				)
				.run(session, parent, at, at);
		};
		const tell = (session: string): void => {
			writer
				.prepare("INSERT INTO event VALUES (?, ?, ?, 'session.idle.1', '{}')")
				.run(`e${seq}`, session, seq++);
		};
		const wantedOf = async (rows: EventRows) =>
			(await linesOf(rows))
				.map((line) => JSON.parse(line) as { session: string; agent: string })
				.map(({ session, agent }) => agent || session);

		beforeEach(() => {
			begin("old", NOW - 100_000);
			begin("going", NOW);
			begin("agent", NOW - 100_000, "going");
			for (const each of ["old", "going", "agent", "old", "going"]) tell(each);
		});

		it("are those of sessions that went on since, with their agents", async () => {
			const rows = new EventRows(file(), null, { since: NOW - 1000, session: "" });
			opened.push(rows);
			assert.deepEqual(await wantedOf(rows), ["going", "agent", "going"]);
			tell("agent");
			begin("new", NOW);
			tell("new");
			assert.deepEqual(await wantedOf(rows), ["agent", "new"]);
		});

		it("are all of one that goes on later", async () => {
			const rows = new EventRows(file(), null, { since: NOW - 1000, session: "" });
			opened.push(rows);
			await wantedOf(rows);
			for (const each of ["going", "old", "going"]) tell(each);
			assert.deepEqual(await wantedOf(rows), ["going", "old", "old", "old", "going"]);
		});

		it("are those of one session, however old", async () => {
			const rows = new EventRows(file(), null, { since: 0, session: "old" });
			opened.push(rows);
			assert.deepEqual(await wantedOf(rows), ["old", "old"]);
			for (const each of ["old", "going"]) tell(each);
			assert.deepEqual(await wantedOf(rows), ["old"]);
		});
	});

	it("are of nobody's where there is no database", async () => {
		assert.equal(await new EventRows(folder.file("none.db")).look(), "missing");
	});
});

const WRITTEN = 2000;
/** Writes as opencode does, a transaction for each event, and waits for nobody. */
const WRITER = `
import { DatabaseSync } from "node:sqlite";
const database = new DatabaseSync(process.argv[1]);
database.exec("PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 0; PRAGMA foreign_keys = OFF; PRAGMA synchronous = NORMAL");
const insert = database.prepare("INSERT INTO event VALUES (?, 'ses_y', ?, 'session.idle.1', ?)");
let heldUp = 0;
for (let count = 0; count < ${WRITTEN}; ) {
	try {
		insert.run("w" + count, 50_000 + count, JSON.stringify({ text: "x".repeat(3000) }));
		count++;
	} catch (error) {
		if (!String(error).includes("locked")) throw error;
		heldUp++;
	}
}
process.stdout.write("held up " + heldUp + " times");
`;
