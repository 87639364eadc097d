import assert from "node:assert/strict";
import { once } from "node:events";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { runCli, startCli } from "../support/cli/runCli.ts";
import { type Behaviour, Collector } from "../support/export/collector.ts";
import { EventLog } from "../support/log/eventLog.ts";
import { useTempFolder } from "../support/tempFolder.ts";

const RUNS = Number(process.env.AGENT_LIVE_GRAPH_FAULT_RUNS ?? 20) / 2;
const SESSIONS = 60;
const CALLS = 150;
/** Longest time from the start of an export to its end, ms. */
const LONGEST_MS = 1600;
const BEHAVIOURS: readonly Behaviour[] = [
	{ status: 200 },
	{ status: 503, retryAfter: "0" },
	{ status: 429, retryAfter: "0" },
	"drop",
	"half",
];

function logText(): string {
	const lines: string[] = [];
	for (let session = 0; session < SESSIONS; session++) {
		const log = new EventLog(`s${session}`);
		for (let call = 0; call < CALLS; call++) {
			const about = { id: `${session}-${call}`, tool: "Bash", program: "git" };
			log.add("tool_result", { ...about, success: true, duration_ms: 3 });
		}
		log.add("session_end", { reason: "exit" });
		lines.push(...log.events.map((event) => JSON.stringify(event)));
	}
	return `${lines.join("\n")}\n`;
}

interface Noted {
	readonly endpoints: Record<string, Record<string, { readonly version: string }>>;
}

/** The sessions that are noted as sent in whole. */
function sessionsNoted(file: string): string[] {
	if (!existsSync(file)) return [];
	const { endpoints } = JSON.parse(readFileSync(file, "utf8")) as Noted;
	return Object.values(endpoints).flatMap((sessions) =>
		Object.entries(sessions).flatMap(([id, { version }]) => (version === "" ? [] : [id])),
	);
}

describe("An export that is killed", () => {
	const folder = useTempFolder();
	const collector = new Collector();
	let endpoint = "";
	before(async () => {
		endpoint = await collector.start();
	});
	after(() => collector.stop());

	it(`at random moments, ${RUNS} times, notes nothing early and loses no span`, async function () {
		this.timeout(RUNS * 120_000);
		writeFileSync(folder.file("events.jsonl"), logText());
		const database = ["--db", folder.file("t.db")];
		const log = ["--events-file", folder.file("events.jsonl"), "--no-transcripts"];
		assert.equal((await runCli(folder.path, ["ingest", ...log, ...database])).code, 0);
		const args = ["export", "--endpoint", endpoint, ...database];
		const callsOf = (session: string): number =>
			new Set(
				collector.spans
					.filter((span) => span.name.startsWith("execute_tool"))
					.flatMap(({ spanId, attributes }) =>
						attributes.some(({ value }) => value.stringValue === session) ? [spanId] : [],
					),
			).size;
		let isCut = 0;
		for (let run = 0; run < RUNS; run++) {
			const bad = Array.from({ length: 3 }, () => BEHAVIOURS[Math.floor(Math.random() * 5)]);
			collector.behaviours.splice(0, Number.POSITIVE_INFINITY, ...(bad as Behaviour[]));
			const child = startCli(folder.path, args);
			const closed = once(child, "close");
			// The moment is what this is about.
			await Promise.race([delay(Math.random() * LONGEST_MS), closed]);
			child.kill("SIGKILL");
			const [code] = await closed;
			if (code === null) isCut++;
			for (const session of sessionsNoted(`${folder.file("t.db")}.otlp.json`)) {
				assert.equal(callsOf(session), CALLS, session);
			}
		}
		assert.ok(isCut > 0, "none was killed while it ran");
		collector.behaviours.length = 0;
		assert.equal((await runCli(folder.path, args)).code, 0);
		const ids = new Set(collector.spans.map(({ spanId }) => spanId));
		assert.equal(ids.size, SESSIONS * (CALLS + 1));
	});
});
