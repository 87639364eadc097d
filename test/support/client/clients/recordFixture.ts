// Records a run of a real client as a fixture:
// node test/support/client/clients/recordFixture.ts <client> <scenario> <new|resume|fork> <name>
import {
	cpSync,
	existsSync,
	globSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { transcriptClients } from "../../../../src/ingest/clients/clients.ts";
import { loadPrices } from "../../../../src/pricing/prices.ts";
import { CASES, readCase } from "../../cases.ts";
import { CLIENTS, clientRuns } from "../../transcripts/clientRuns.ts";
import { realClients } from "./all.ts";
import type { Start } from "./realClient.ts";
import { RealRun } from "./realRun.ts";
import { scenarios } from "./scenario.ts";

/** Longer texts are the vendor's, or tell nothing. */
const LONGEST = 300;
/** How much of a text is kept that is cut: what it is can be told by that. */
const KEPT = 17;
/** What of a line describes tools, in the vendor's words. */
const OF_VENDORS = /^(?:tools|toolsAdded|sections|base_instructions|developer_instructions)$/;

const [title = "", scenarioName = "", start = "new", name = ""] = process.argv.slice(2);
const client = realClients.get(title);
const scenario = scenarios.get(scenarioName);
if (client === undefined || scenario === undefined || name === "") {
	throw new Error(`clients: ${[...realClients.keys()]}; scenarios: ${[...scenarios.keys()]}`);
}
const run = new RealRun(client);
const folder = join(CLIENTS, client.name, name);
const slug = run.home.replaceAll(/[^A-Za-z0-9]/g, "-");
try {
	await run.play(scenario);
	if (start !== "new") await run.play(scenario, { task: "again", start: start as Start });
	rmSync(folder, { recursive: true, force: true });
	for (const from of transcriptClients()
		.find((each) => each.name === client.name)
		?.folders({}, run.home) ?? []) {
		for (const file of globSync("**/*.{jsonl,meta.json,db}", { cwd: from })) save(from, file);
		if (existsSync(join(from, "..", "projects.json"))) save(from, "../projects.json");
	}
	await expect();
} finally {
	run.dispose();
}

function save(from: string, file: string): void {
	const to = join(folder, "projects", clean(file));
	if (!statSync(join(from, file)).isFile()) return;
	mkdirSync(dirname(to), { recursive: true });
	if (file.endsWith(".db")) {
		saveDatabase(join(from, file), to);
		return;
	}
	const text = readFileSync(join(from, file), "utf8");
	writeFileSync(
		to,
		clean(file.endsWith(".jsonl") ? text.split("\n").map(shortened).join("\n") : text),
	);
}

/** With what its write-ahead log holds, and without what is not read. */
function saveDatabase(from: string, to: string): void {
	const source = new DatabaseSync(from);
	source.exec(`VACUUM INTO '${to}'`);
	source.close();
	const copy = new DatabaseSync(to);
	const tables = copy.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
	copy.exec("PRAGMA foreign_keys = off");
	for (const { name: table } of tables) {
		if (!/^(?:event|session|sqlite_.*)$/.test(String(table))) copy.exec(`DELETE FROM "${table}"`);
	}
	for (const { row, data } of copy.prepare("SELECT rowid AS row, data FROM event").all()) {
		copy
			.prepare("UPDATE event SET data = ? WHERE rowid = ?")
			.run(clean(shortened(String(data))), Number(row));
	}
	copy
		.prepare("UPDATE session SET directory = '/home/dev/project', path = 'home/dev/project'")
		.run();
	copy.exec("PRAGMA journal_mode = delete; VACUUM");
	copy.close();
}

function clean(text: string): string {
	return text
		.replaceAll(run.home, "/home/dev")
		.replaceAll(run.home.slice(1), "home/dev")
		.replaceAll(slug, "-home-dev");
}

function shortened(line: string): string {
	return line === "" ? "" : JSON.stringify(JSON.parse(line, cut));
}

function cut(key: string, value: unknown): unknown {
	if (OF_VENDORS.test(key)) return "(cut)";
	if (typeof value !== "string" || value.length <= LONGEST) return value;
	return `${value.slice(0, KEPT)}(cut: ${value.length} characters)`;
}

/** Asks what the other recordings are asked: what it answers is to be looked at. */
async function expect(): Promise<void> {
	const [other = ""] = clientRuns.filter((each) => !each.includes(name));
	const asked = join(CASES, other, "expected.json");
	const to = join(folder, "expected.json");
	cpSync(asked, to);
	const work = mkdtempSync(join(tmpdir(), "expected-"));
	const { answers } = await readCase(
		`${dirname(other)}/../${client?.name}/${basename(folder)}`,
		work,
		await loadPrices(),
	);
	writeFileSync(to, `${JSON.stringify(answers, null, "\t")}\n`);
	rmSync(work, { recursive: true });
}
