import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { FILE_LANGUAGES, LANGUAGES } from "../../../src/facts/grammars.ts";
import { TelemetryStore } from "../../../src/telemetry/storage/store.ts";
import { readWasm } from "../../support/facts/grammars.ts";
import { sqlJs } from "../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

describe("The bundled program", () => {
	const folder = useTempFolder();

	it("has the grammars beside it that it asks for", async () => {
		const languages = [...LANGUAGES, ...FILE_LANGUAGES];
		for (const name of ["web-tree-sitter", ...languages.map((each) => `tree-sitter-${each}`)]) {
			const copy = readFileSync(inProject("dist", `${name}.wasm`));
			assert.ok(copy.equals(await readWasm(`${name}.wasm`)), name);
		}
	});

	it("derives facts of recorded transcripts with them", async () => {
		const captures = inProject("test", "fixtures", "captures", "nested-mixed", "transcripts");
		const args = ["ingest", "--transcripts", captures, "--db", folder.file("telemetry.db")];
		const env = { HOME: folder.path, CLAUDE_CONFIG_DIR: folder.file("config") };
		execFileSync(process.execPath, [inProject("dist", "cli.js"), ...args], { env });
		const bytes = readFileSync(folder.file("telemetry.db"));
		const store = new TelemetryStore(await sqlJs(), bytes, Date.now, "read");
		assert.deepEqual(store.all("SELECT rule_id FROM violations ORDER BY 1"), [
			{ rule_id: "inline-sqlite3" },
			{ rule_id: "python-import-star" },
		]);
		assert.deepEqual(store.all("SELECT kind, occurrences FROM patterns"), [
			{ kind: "heredoc", occurrences: 1 },
		]);
		const open = "SELECT count(*) FROM calls WHERE args_hash IS NULL AND function_id LIKE 'bash:%'";
		assert.equal(store.first(open)?.[0], 0);
		store.close();
	});
});
