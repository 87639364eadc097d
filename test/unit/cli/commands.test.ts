import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
	appendFileSync,
	cpSync,
	existsSync,
	globSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from "node:fs";
import * as path from "node:path";
import { inProject } from "../../../scripts/paths.ts";
import {
	describeGraph,
	type GraphDescription,
} from "../../../src/model/graph/told/graphDescription.ts";
import { resultOf, runCli, startCli } from "../../support/cli/runCli.ts";
import { graphOf } from "../../support/log/eventLog.ts";
import { useTempFolder } from "../../support/tempFolder.ts";
import { runFolder } from "../../support/transcripts/recordedRun.ts";

const LOG = inProject("test", "fixtures", "events", "nested-mixed.jsonl");
const LINES = readFileSync(LOG, "utf8").trim().split("\n");

/** Asks Debian's own program. */
function sqlite(file: string, sql: string): string {
	return execFileSync("sqlite3", ["-readonly", file, sql], { encoding: "utf8" }).trim();
}

describe("agent-live-graph on the command line", () => {
	const folder = useTempFolder();
	const run = (...args: string[]) => runCli(folder.path, args);

	describe("init", () => {
		it("makes an empty database that sqlite3 opens", async () => {
			const database = folder.file("deep/new.db");
			const { code, stdout, stderr } = await run("init", "--db", database);
			assert.deepEqual([code, stderr], [0, ""]);
			assert.match(stdout, /\bready\b.*new\.db/);
			assert.equal(sqlite(database, "SELECT COUNT(*) FROM function_stats"), "0");
			assert.equal(sqlite(database, "PRAGMA integrity_check"), "ok");
			const tables = sqlite(database, "SELECT name FROM sqlite_schema WHERE type = 'table'");
			for (const name of ["sessions", "agents", "calls", "proposals", "ingest_cursors"]) {
				assert.ok(tables.split("\n").includes(name), name);
			}
			assert.equal(existsSync(`${database}.lock`), false);
		});

		it("leaves a database alone that is there", async () => {
			const database = folder.file("t.db");
			await run("ingest", "--db", database, "--events-file", LOG);
			const before = readFileSync(database);
			const { code, stdout } = await run("init", "--db", database);
			assert.equal(code, 0);
			assert.match(stdout, /ready.*8 functions/);
			assert.ok(readFileSync(database).equals(before));
		});

		it("uses the variable's file, else one beside the client's log", async () => {
			const named = folder.file("named.db");
			await runCli(folder.path, ["init"], { AGENT_LIVE_GRAPH_DB: named });
			assert.ok(existsSync(named));
			await runCli(folder.path, ["init"], { CLAUDE_CONFIG_DIR: folder.file("config") });
			assert.ok(existsSync(folder.file("config/memory/agent-live-graph.db")));
			await run("init");
			assert.ok(existsSync(folder.file(".claude/memory/agent-live-graph.db")));
		});
	});

	describe("ingest", () => {
		it("reads the log to its end, saves, and reads on from there the next time", async () => {
			const [log, database] = [folder.file("events.jsonl"), folder.file("t.db")];
			const ingest = () => run("ingest", "--events-file", log, "--db", database);
			writeFileSync(log, `${LINES.slice(0, 30).join("\n")}\n`);
			assert.equal((await ingest()).code, 0);
			appendFileSync(log, `${LINES.slice(30).join("\n")}\n`);
			const { code, stdout } = await ingest();
			assert.equal(code, 0);
			assert.match(stdout, /; 12 calls in /);
			assert.equal((await ingest()).stdout, stdout);
			assert.equal(sqlite(database, "SELECT SUM(calls_total) FROM function_stats"), "12");
			assert.equal(sqlite(database, "SELECT COUNT(*) FROM calls WHERE success = 0"), "1");
		});

		it("says so when there is no such log, or the database cannot be made", async () => {
			const missing = await run("ingest", "--events-file", folder.file("none.jsonl"));
			assert.equal(missing.code, 1);
			assert.match(missing.stderr, /no event log at .*none\.jsonl/);
			writeFileSync(folder.file("file"), "");
			const blocked = await run("ingest", "--events-file", LOG, "--db", folder.file("file/t.db"));
			assert.equal(blocked.code, 1);
			assert.match(blocked.stderr, /file\/t\.db|ENOTDIR|EEXIST/);
		});

		it("says what it did with a file that is no database", async () => {
			const notes = folder.file("notes.txt");
			writeFileSync(notes, "no database");
			const { code, stderr } = await run("ingest", "--events-file", LOG, "--db", notes);
			assert.equal(code, 0);
			const kept = /A damaged database was kept as (\S+); a new one is made/.exec(stderr)?.[1];
			assert.equal(readFileSync(kept ?? "", "utf8"), "no database");
		});

		it("says of a log that is no plain file that it is none", async () => {
			const named = await run("ingest", "--events-file", folder.path);
			assert.equal(named.code, 1);
			assert.match(named.stderr, /no event log at .*, but a folder$/m);
			mkdirSync(folder.file(".claude/memory/agent-events.jsonl"), { recursive: true });
			const own = await run("ingest");
			assert.equal(own.code, 0);
			assert.match(own.stderr, /no event log at .*agent-events\.jsonl, but a folder$/m);
		});

		it("calls a database newer that a newer version wrote, and leaves it alone", async () => {
			const database = folder.file("t.db");
			await run("init", "--db", database);
			execFileSync("sqlite3", [database, "PRAGMA user_version = 9999"]);
			const before = readFileSync(database);
			for (const options of [[], ["--follow"]]) {
				const args = ["ingest", "--events-file", LOG, "--db", database, ...options];
				const { code, stderr } = await run(...args);
				assert.equal(code, 1);
				assert.match(stderr, /newer version \(schema 9999/);
			}
			assert.ok(readFileSync(database).equals(before));
		});

		it("leaves a link to a database a link", async () => {
			mkdirSync(folder.file("elsewhere"));
			symlinkSync("elsewhere/real.db", folder.file("t.db"));
			for (let time = 0; time < 2; time++) {
				const args = ["--events-file", LOG, "--db", folder.file("t.db")];
				assert.equal((await run("ingest", ...args)).code, 0);
				assert.ok(lstatSync(folder.file("t.db")).isSymbolicLink());
				rmSync(folder.file("elsewhere/real.db.bak"), { force: true });
			}
			assert.equal(sqlite(folder.file("t.db"), "SELECT COUNT(*) FROM calls"), "12");
			assert.deepEqual(readdirSync(folder.file("elsewhere")), ["real.db"]);
		});

		it("says which file is in the place of the lock", async () => {
			writeFileSync(folder.file("t.db.lock"), "");
			for (const args of [["init"], ["ingest", "--events-file", LOG]]) {
				const { code, stderr } = await run(...args, "--db", folder.file("t.db"));
				assert.equal(code, 1, args[0]);
				assert.match(stderr, /t\.db\.lock is in the way/);
			}
		});

		it("follows the log until it is interrupted, and saves then", async () => {
			const [log, database] = [folder.file("events.jsonl"), folder.file("t.db")];
			writeFileSync(log, `${LINES.slice(0, 30).join("\n")}\n`);
			const child = startCli(folder.path, [
				"ingest",
				"--follow",
				"--events-file",
				log,
				"--db",
				database,
			]);
			const ended = resultOf(child);
			if (child.stderr !== null) await once(child.stderr, "data");
			appendFileSync(log, `${LINES.slice(30).join("\n")}\n`);
			child.kill("SIGINT");
			const { code, stdout, stderr } = await ended;
			assert.equal(code, 0);
			assert.match(stderr, /following/);
			assert.match(stdout, /; 12 calls in /);
			assert.equal(sqlite(database, "SELECT COUNT(*) FROM calls"), "12");
		});
	});

	describe("ingest --transcripts", () => {
		const RUN = runFolder("everything");

		it("reads all of them with no log at all, and says how many", async () => {
			const database = folder.file("t.db");
			const ingest = () => run("ingest", "--transcripts", `${RUN}/projects`, "--db", database);
			const { code, stdout, stderr } = await ingest();
			assert.equal(code, 0);
			// Where the second pass takes a while it is told that the first one is over.
			assert.match(
				stderr,
				/^(?:sessions, agents, calls, tokens and cost are in the database; .*\n)?$/,
			);
			assert.match(stdout, / bytes of 6 transcripts; \d+ calls in /);
			const calls = sqlite(
				database,
				"SELECT count(*), max(source) FROM calls WHERE tool_used <> 'Agent'",
			);
			assert.match(calls, /^[1-9]\d*\|transcript$/);
			assert.equal((await ingest()).stdout, stdout);
		});

		it("reads the log and transcripts into the same calls", async () => {
			const database = folder.file("t.db");
			const counts = () =>
				sqlite(database, "SELECT count(*), count(DISTINCT tool_use_id) FROM calls");
			await run("ingest", "--transcripts", `${RUN}/projects`, "--db", database);
			const before = counts();
			const { code } = await run(
				...["ingest", "--transcripts", `${RUN}/projects`, "--db", database],
				...["--events-file", `${RUN}/events.jsonl`],
			);
			assert.deepEqual([code, counts()], [0, before]);
			assert.notEqual(sqlite(database, "SELECT count(*) FROM calls WHERE source = 'both'"), "0");
			const { logs, transcripts } = JSON.parse(
				(await run("status", "--db", database, "--json")).stdout,
			);
			assert.deepEqual([logs.length, transcripts.files, transcripts.lagBytes], [1, 6, 0]);
			assert.match((await run("status", "--db", database)).stdout, /^6 transcripts +[\d,]+ +0$/m);
		});

		it("fails on a folder that is not there", async () => {
			const { code, stderr } = await run("ingest", "--transcripts", folder.file("none"));
			assert.equal(code, 1);
			assert.match(stderr, /no folder of transcripts at .*none/);
			writeFileSync(folder.file("one.jsonl"), "{}\n");
			const ofFile = await run("ingest", "--transcripts", folder.file("one.jsonl"));
			assert.equal(ofFile.code, 1);
			assert.match(ofFile.stderr, /no folder of transcripts at .*one\.jsonl/);
		});

		it("follows them until it is interrupted", async () => {
			const [projects, database] = [folder.file("projects"), folder.file("t.db")];
			cpSync(`${RUN}/projects`, projects, { recursive: true });
			const [main = ""] = globSync("*/*.jsonl", { cwd: projects });
			const file = path.join(projects, main);
			const whole = readFileSync(file, "utf8").trimEnd().split("\n");
			writeFileSync(file, `${whole.slice(0, 10).join("\n")}\n`);
			const args = ["ingest", "--follow", "--transcripts", projects, "--db", database];
			const child = startCli(folder.path, args);
			const ended = resultOf(child);
			if (child.stderr !== null) await once(child.stderr, "data");
			appendFileSync(file, `${whole.slice(10).join("\n")}\n`);
			child.kill("SIGINT");
			assert.equal((await ended).code, 0);
			const again = await run(
				"ingest",
				"--transcripts",
				`${RUN}/projects`,
				"--db",
				folder.file("u.db"),
			);
			assert.equal(again.code, 0);
			const ids =
				"SELECT group_concat(tool_use_id) FROM (SELECT * FROM calls ORDER BY tool_use_id)";
			assert.equal(sqlite(database, ids), sqlite(folder.file("u.db"), ids));
		});
	});

	describe("status", () => {
		it("says of an empty database, or none, that no calls are recorded yet", async () => {
			const none = await run("status", "--db", folder.file("t.db"));
			assert.deepEqual([none.code, none.stderr], [0, ""]);
			assert.match(none.stdout, /no calls recorded yet/);
			assert.equal(existsSync(folder.file("t.db")), false);
			await run("init", "--db", folder.file("t.db"));
			assert.match(
				(await run("status", "--db", folder.file("t.db"))).stdout,
				/no calls recorded yet/,
			);
		});

		it("lists the most called functions, as text and as JSON", async () => {
			const database = folder.file("t.db");
			await run("ingest", "--db", database, "--events-file", LOG);
			const text = (await run("status", "--db", database, "--top", "2")).stdout;
			assert.match(text, /bash:echo +3 +0 /);
			assert.match(text, /agent:Explore/);
			assert.doesNotMatch(text, /agent:general-purpose/);
			const report = JSON.parse((await run("status", "--db", database, "--json")).stdout);
			assert.equal(report.calls, 12);
			assert.equal(report.topFunctions.length, 8);
			assert.equal(report.topFunctions[0].function_id, "bash:echo");
			assert.deepEqual(report.logs, [
				{ source: `events:${LOG}`, ingestedBytes: readFileSync(LOG).length, lagBytes: 0 },
			]);
			assert.equal(report.sessions[0].healthScore, 96);
		});

		it("does not let a log's text command the terminal", async () => {
			const log = folder.file("events.jsonl");
			const ts = new Date().toISOString();
			const event = {
				v: 2,
				ts,
				event: "tool_use",
				session_id: "s",
				id: "c",
				tool: "\u001b[2JRead",
			};
			writeFileSync(log, `${JSON.stringify(event)}\n`);
			await run("ingest", "--db", folder.file("t.db"), "--events-file", log);
			const { stdout } = await run("status", "--db", folder.file("t.db"));
			assert.match(stdout, /tool:\ufffd\[2JRead/);
			assert.ok(!stdout.includes("\u001b"));
		});

		it("fails on a file that is no database", async () => {
			writeFileSync(folder.file("t.db"), "not a database, but long enough to be read as one");
			const { code, stdout, stderr } = await run("status", "--db", folder.file("t.db"), "--json");
			assert.deepEqual([code, stdout], [1, ""]);
			assert.match(stderr, /damaged/);
		});
	});

	describe("export", () => {
		const session = (JSON.parse(LINES[0] ?? "{}") as { session_id: string }).session_id;

		it("prints a session as JSON, with its events", async () => {
			const { code, stdout, stderr } = await run(
				"export",
				...["--events-file", LOG, "--session", session],
			);
			assert.deepEqual([code, stderr], [0, ""]);
			const made = JSON.parse(stdout);
			assert.deepEqual([made.format, made.version], ["agent-live-graph.session", 1]);
			assert.deepEqual([made.session, made.prompt], [session, null]);
			assert.equal(made.graph.counters.spawned, 4);
			assert.ok(made.events.length > 8);
		});

		it("prints it as one page that asks nobody for anything", async () => {
			const { code, stdout } = await run(
				"export",
				...["--events-file", LOG, "--session", session, "--format", "html"],
			);
			assert.equal(code, 0);
			assert.match(stdout, /^<!DOCTYPE html>/);
			assert.doesNotMatch(stdout, /<(script|link|img)[^>]* (src|href)=/);
		});

		it("says what it cannot do", async () => {
			const asked = (...args: string[]) => run("export", "--events-file", LOG, ...args);
			assert.deepEqual([(await asked()).code, (await asked("--session", "none")).code], [2, 1]);
			assert.equal((await asked("--session", session, "--format", "pdf")).code, 2);
		});
	});

	describe("graph", () => {
		it("prints the graph that the log implies, with finished agents", async () => {
			const { code, stdout, stderr } = await run("graph", "--events-file", LOG, "--json");
			assert.deepEqual([code, stderr], [0, ""]);
			const { nodes, counters } = JSON.parse(stdout);
			const { nodes: expected } = describeGraph(graphOf(LINES));
			assert.deepEqual(
				nodes.map((node: { id: string }) => node.id),
				expected.map((node) => node.id),
			);
			for (const node of nodes) {
				for (const key of ["aliases", "kind", "session", "parent", "type", "model", "state"]) {
					assert.ok(key in node, key);
				}
				assert.equal(node.state, "done");
			}
			assert.equal(counters.spawned, 4);
		});

		it("prints the same of transcripts, and of both together", async () => {
			const folder = runFolder("everything");
			const [log, projects] = [path.join(folder, "events.jsonl"), path.join(folder, "projects")];
			const nodesOf = async (...options: string[]) => {
				const { stdout } = await run("graph", ...options, "--json");
				return (JSON.parse(stdout) as GraphDescription).nodes
					.filter(({ kind }) => kind === "agent")
					.map(({ id, parent, type, outcome, calls }) => ({ id, parent, type, outcome, calls }))
					.sort((a, b) => (a.id < b.id ? -1 : 1));
			};
			const expected = await nodesOf("--events-file", log);
			assert.equal(expected.length, 5);
			assert.deepEqual(await nodesOf("--transcripts", projects), expected);
			assert.deepEqual(await nodesOf("--transcripts", projects, "--events-file", log), expected);
		});

		it("indents agents below those that launched them", async () => {
			const { stdout } = await run("graph", "--events-file", LOG);
			assert.match(stdout, /^main \S+: done.*\n {2}general-purpose .*\n {4}general-purpose /);
			assert.match(stdout, /4 agents, 0 at work; 8 calls, 1 failed\n$/);
		});

		it("names on stderr what it left out", async () => {
			const log = folder.file("events.jsonl");
			writeFileSync(log, `${LINES[0]}\n{"half\n`);
			const { code, stdout, stderr } = await run("graph", "--events-file", log, "--json");
			assert.equal(code, 0);
			assert.equal(JSON.parse(stdout).nodes.length, 1);
			assert.match(stderr, /1 line left out: not_json/);
		});

		it("finds the log where the hooks put it", async () => {
			const memory = folder.file(".claude/memory");
			mkdirSync(memory, { recursive: true });
			writeFileSync(path.join(memory, "agent-events.jsonl"), `${LINES.join("\n")}\n`);
			assert.equal(JSON.parse((await run("graph", "--json")).stdout).nodes.length, 5);
		});
	});
});
