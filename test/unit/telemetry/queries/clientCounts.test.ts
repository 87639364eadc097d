import assert from "node:assert/strict";
import { cpSync } from "node:fs";
import * as path from "node:path";
import { clientReport } from "../../../../src/extension/status/clientReport.ts";
import { clientTitle } from "../../../../src/ingest/clients/clientIdentities.ts";
import { transcriptClients } from "../../../../src/ingest/clients/clients.ts";
import { clientFiles } from "../../../../src/ingest/transcripts/clientsRead.ts";
import {
	clientCounts,
	clientRows,
	notUnderstoodText,
} from "../../../../src/telemetry/queries/clientCounts.ts";
import { CASES } from "../../../support/cases.ts";
import { STARTED_SESSION } from "../../../support/startedSession.ts";
import { storeOf } from "../../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

const RUNS = [
	"codex/nested-parallel",
	"copilot-cli/shell-and-subagent",
	"opencode/shell-and-subagent",
];

describe("What was read of each client", () => {
	const folder = useTempFolder();

	async function rows(problems: Parameters<typeof clientRows>[2] = []) {
		// Whoever opens a database may make files beside it.
		for (const run of RUNS) {
			cpSync(path.join(CASES, "../clients", run, "projects"), folder.file(path.dirname(run)), {
				recursive: true,
			});
		}
		const folders = RUNS.map((run) => folder.file(path.dirname(run)));
		const files = await clientFiles(transcriptClients(), folders);
		const store = await storeOf([STARTED_SESSION]);
		return clientRows(files, clientCounts(store), problems, clientTitle);
	}

	it("are its files, its sessions and calls, and the versions that wrote the files", async () => {
		const told = (await rows()).map(({ client, files, sessions, calls, versions }) => [
			client,
			files,
			sessions,
			calls,
			...versions,
		]);
		assert.deepEqual(told, [
			["codex", 4, 1, 0, "0.171.0"],
			["copilot-cli", 1, 0, 0, "1.0.102"],
			["opencode", 1, 0, 0, "1.18.33"],
			["claude-code", 0, 1, 1],
		]);
	});

	it("are what was not understood of its files, by kind", async () => {
		const database = folder.file("opencode/opencode.db");
		const [codex, , opencode] = await rows([
			{ path: database, kind: "missing_field", lines: 1 },
			{ path: database, kind: "unknown_type", lines: 3 },
			{ path: "/elsewhere", kind: "not_json", lines: 9 },
		]);
		assert.ok(codex && opencode);
		assert.equal(notUnderstoodText(codex), "");
		assert.equal(
			notUnderstoodText(opencode),
			"3 lines: of a kind that is not known; 1 line: a field is missing",
		);
		const text = clientReport([opencode]);
		assert.match(text, /\| `opencode` \| 1 \| 0 \| 0 \| `1\.18\.33` \| 3 lines: of a kind/);
	});
});
