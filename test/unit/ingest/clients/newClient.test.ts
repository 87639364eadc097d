import assert from "node:assert/strict";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import * as path from "node:path";
import { JsonLines } from "../../../../src/ingest/kit/jsonLines.ts";
import { OpenCalls } from "../../../../src/ingest/kit/openCalls.ts";
import { headOf, type Raw, record, textOf } from "../../../../src/ingest/kit/raw.ts";
import { type ToolWord, toolNamed } from "../../../../src/ingest/kit/toolWords.ts";
import { usageEvent } from "../../../../src/ingest/kit/usageEvent.ts";
import type { TranscriptClient, TranscriptFile } from "../../../../src/ingest/transcripts/port.ts";
import type { TranscriptRecord } from "../../../../src/model/events/record.ts";
import { TelemetryService } from "../../../../src/telemetry/worker/telemetryService.ts";
import { CASES } from "../../../support/cases.ts";
import { sqlJs } from "../../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";
import { unpriced } from "../../../support/transcripts/recordedRun.ts";

const WORDS = new Map<string, ToolWord>([
	["lire", "Read"],
	["coquille", "Bash"],
]);

const CASE = "08-compaction-request";
const CLAUDE = "projects/demo/00000008-0000-4000-8000-000000000000.jsonl";

/** A client that the project does not know: what stands here is all that one has to bring. */
const newClient: TranscriptClient = {
	name: "new-client",
	title: "New Client",
	mark: "Nc",
	program: "new-client",
	folders: () => [],
	classify(relativePath) {
		const session = /^seances\/(\w+)\.jsonl$/.exec(relativePath)?.[1];
		return session === undefined ? null : { session, agent: "", companions: [] };
	},
	newReader(file: TranscriptFile) {
		const lines = new JsonLines();
		const calls = new OpenCalls();
		const read = (line: Raw): TranscriptRecord[] => {
			const head = headOf("new-client", file, lines.time(line, "quand"), "/p");
			const f = lines.fields(line);
			const [id, name] = [f.id("id"), f.id("outil")];
			const command = textOf(line.commande) ?? "";
			switch (line.genre) {
				case "appel":
					return calls.called(head, { id, named: toolNamed(WORDS, name), args: line, command });
				case "reponse":
					return calls.returned(head, id, {
						output: f.text("texte"),
						success: true,
						exitCode: f.count("code"),
					});
				case "jetons": {
					const tokens = { tokensIn: f.count("lus") ?? 0, tokensOut: f.count("dits") ?? 0 };
					const rest = { cacheRead: 0, cacheWrite: 0, ownCostUsd: 0.5 };
					return [
						record(usageEvent({ head, message: id, model: "m", ...tokens, ...rest }, () => null)),
					];
				}
				default:
					return lines.lacks("unknown_type");
			}
		};
		return {
			line: (text) => lines.read(text, read),
			companion: () => ({ records: [], problems: [] }),
			get hasOpenCalls() {
				return calls.hasOpen;
			},
		};
	},
	entries: () => [],
};

const at = (second: number): string => `2026-01-01T10:00:0${second}.000Z`;
const LINES = [
	{ genre: "appel", quand: at(1), id: "n1", outil: "coquille", commande: "make test" },
	{ genre: "reponse", quand: at(2), id: "n1", texte: "non", code: 4 },
	{ genre: "appel", quand: at(3), id: "n2", outil: "lire" },
	{ genre: "reponse", quand: at(4), id: "n2", texte: "oui" },
	{ genre: "jetons", quand: at(5), id: "j1", lus: 100, dits: 7 },
	{ genre: "autre", quand: at(6) },
];

describe("A client that nobody knows", () => {
	const folder = useTempFolder();

	it("is read beside another one, with its tools in the words of all", async () => {
		const put = (place: string, content: string): void => {
			mkdirSync(path.dirname(folder.file(place)), { recursive: true });
			writeFileSync(folder.file(place), content);
		};
		put("own/seances/s1.jsonl", LINES.map((line) => `${JSON.stringify(line)}\n`).join(""));
		put(
			`own/${path.relative("projects", CLAUDE)}`,
			readFileSync(path.join(CASES, CASE, CLAUDE), "utf8"),
		);
		const service = new TelemetryService(
			await sqlJs(),
			{
				databaseFile: folder.file("telemetry.db"),
				eventsFile: folder.file("events.jsonl"),
				transcriptFolders: [folder.file("own")],
				retentionDays: Number.POSITIVE_INFINITY,
				clients: [newClient, unpriced],
			},
			() => undefined,
		);
		await service.start();
		await service.catchUp();
		const rows = (query: string): unknown[][] =>
			service.store.all<Record<string, unknown>>(query).map((row) => Object.values(row));
		const calls = rows(
			"SELECT function_id, tool_used, raw_tool, success, error_class FROM calls WHERE client = 'new-client' ORDER BY ts",
		);
		const clients = rows("SELECT client FROM sessions ORDER BY 1");
		const spent = rows(
			"SELECT tokens_in, tokens_out, cost_usd FROM messages WHERE message_id = 'j1'",
		);
		const problems = rows("SELECT kind, lines FROM line_problems");
		await service.dispose();
		assert.deepEqual(calls, [
			["bash:make", "Bash", "coquille", 0, "exit_4"],
			["tool:Read", "Read", "lire", 1, null],
		]);
		assert.deepEqual(clients, [["claude-code"], ["new-client"]]);
		assert.deepEqual(spent, [[100, 7, 0.5]]);
		assert.deepEqual(problems, [["unknown_type", 1]]);
	});
});
