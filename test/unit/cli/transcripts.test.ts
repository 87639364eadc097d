import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, globSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { CLIENT_IDENTITIES } from "../../../src/ingest/clients/clientIdentities.ts";
import { transcriptClients } from "../../../src/ingest/clients/clients.ts";
import { clientFiles } from "../../../src/ingest/transcripts/clientsRead.ts";
import { WriterLock } from "../../../src/telemetry/storage/file/writerLock.ts";
import { CASES } from "../../support/cases.ts";
import { runCli } from "../../support/cli/runCli.ts";
import { useTempFolder } from "../../support/tempFolder.ts";
import { runFolder } from "../../support/transcripts/recordedRun.ts";

const BROKEN = path.join(CASES, "28-two-records-in-a-line", "projects");
const SESSION = "demo/00000001-0000-4000-8000-000000000000.jsonl";

/** Asks Debian's own program. */
function sqlite(file: string, sql: string): string {
	return execFileSync("sqlite3", ["-readonly", file, sql], { encoding: "utf8" }).trim();
}

describe("Transcripts on the command line", () => {
	const folder = useTempFolder();
	const run = (...args: string[]) => runCli(folder.path, args);

	describe("without options", () => {
		const RUN = runFolder("everything");
		const projects = () => folder.file(".claude/projects");
		const database = () => folder.file(".claude/memory/agent-live-graph.db");
		beforeEach(() => cpSync(`${RUN}/projects`, projects(), { recursive: true }));

		it("ingest reads the user's own transcripts, and needs no log", async () => {
			const { code, stdout, stderr } = await run("ingest");
			assert.equal(code, 0);
			assert.doesNotMatch(stderr, /no event log/);
			assert.match(stdout, / bytes of 6 transcripts; [1-9]\d* calls in /);
			assert.match((await run("status")).stdout, /^6 transcripts +[\d,]+ +0$/m);
			const none = await run("ingest", "--no-transcripts", "--db", folder.file("none.db"));
			assert.match(none.stdout, /; 0 calls in /);
			assert.match(none.stderr, /no event log at .* yet/);
		});

		it("status says what there is to read, before it is read and when more was written", async () => {
			const before = await run("status");
			assert.match(
				before.stdout,
				/no calls recorded yet\n\n6 transcripts with [\d,]+ bytes to read/,
			);
			assert.doesNotMatch((await run("status", "--no-transcripts")).stdout, /to read/);
			await run("ingest");
			writeFileSync(folder.file(".claude/projects/-home-dev-project/new.jsonl"), "{}\n");
			assert.match((await run("status")).stdout, /^7 transcripts +[\d,]+ +3$/m);
		});

		it("status names further folders that it does not read", async () => {
			mkdirSync(folder.file(".claude-work/projects"), { recursive: true });
			assert.match((await run("status")).stdout, /^not read: .*\.claude-work\/projects$/m);
			const none = await run("status", "--no-transcripts");
			assert.doesNotMatch(none.stdout, /not read/);
			const env = { CLAUDE_CONFIG_DIR: "~/.claude,~/.claude-work" };
			const both = await runCli(folder.path, ["status"], env);
			assert.doesNotMatch(both.stdout, /not read/);
		});

		it("graph shows them, and what a log that is there adds", async () => {
			const nodes = async (...more: string[]) =>
				JSON.parse((await run("graph", "--json", ...more)).stdout).nodes.length;
			const all = await nodes();
			assert.ok(all > 5);
			assert.equal(await nodes("--no-transcripts"), 0);
			assert.match((await run("graph", "--no-transcripts")).stderr, /no event log/);
		});

		it("daemon keeps them up to date", async () => {
			const { code } = await run("daemon", "--once", "--workspace", folder.path);
			assert.equal(code, 0);
			assert.notEqual(sqlite(database(), "SELECT count(*) FROM calls"), "0");
		});

		it("ingest has nothing to wait for where another process has read all of it", async () => {
			await run("ingest");
			const lock = new WriterLock(database(), () => {});
			assert.equal(await lock.tryAcquire(), true);
			try {
				assert.equal((await run("ingest")).code, 0);
			} finally {
				await lock.release();
			}
		});
	});

	describe("that are broken", () => {
		it("reads a file again that was rewritten in place since the last run", async () => {
			const [projects, database] = [folder.file("projects"), folder.file("t.db")];
			const file = path.join(projects, "p", "s1.jsonl");
			mkdirSync(path.dirname(file), { recursive: true });
			const lines = readFileSync(path.join(BROKEN, SESSION), "utf8").split("\n");
			writeFileSync(file, `${lines.slice(0, 4).join("\n")}\n`);
			const ingest = () => run("ingest", "--transcripts", projects, "--db", database);
			await ingest();
			// The answer before is taken back: what follows stands where another text stood.
			writeFileSync(file, lines.filter((_, at) => at !== 1 && at !== 2).join("\n"));
			assert.match((await ingest()).stdout, /; 4 calls in /);
			assert.match((await run("status", "--db", database)).stdout, /^1 transcript +[\d,]+ +0$/m);
		});

		it("status counts the files of each client also where nobody names their folder any more", async () => {
			cpSync(path.join(CASES, "../clients"), folder.file("clients"), { recursive: true });
			cpSync(runFolder("everything"), folder.file("clients/claude-code/everything"), {
				recursive: true,
			});
			const database = folder.file("t.db");
			const folders: string[] = [];
			for (const client of readdirSync(folder.file("clients"))) {
				const [projects = ""] = globSync(folder.file(`clients/${client}/*/projects`)).toSorted();
				await run("ingest", "--transcripts", projects, "--db", database);
				folders.push(projects);
			}
			const { stdout } = await run("status", "--json", "--db", database);
			const { clients } = JSON.parse(stdout) as { clients: { client: string; files: number }[] };
			const all = await clientFiles(transcriptClients(), folders);
			assert.equal(all.length, CLIENT_IDENTITIES.length);
			assert.deepEqual(
				Object.fromEntries(clients.map(({ client, files }) => [client, files])),
				Object.fromEntries(all.map(({ client, files }) => [client, files.length])),
			);
		});

		it("names what was not understood, by file", async () => {
			const database = folder.file("t.db");
			const ingest = () => run("ingest", "--transcripts", BROKEN, "--db", database);
			const sentence = /^1 line of 1 transcript was not understood: cut off$/m;
			assert.match((await ingest()).stdout, sentence);
			assert.match((await ingest()).stdout, sentence);
			const { stdout } = await run("status", "--db", database);
			assert.match(stdout, sentence);
			assert.match(stdout, /^\S+00000001-0000-4000-8000-000000000000\.jsonl +cut off +1$/m);
		});
	});
});
