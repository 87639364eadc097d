import assert from "node:assert/strict";
import { KnownFunctions } from "../../../../src/functions/knownFunctions.ts";
import { functionDetail, functionStats } from "../../../../src/telemetry/queries/queries.ts";
import { TelemetryService } from "../../../../src/telemetry/worker/telemetryService.ts";
import { savedStore } from "../../../support/faults/faultFolder.ts";
import { GitRepository } from "../../../support/functions/gitRepository.ts";
import { newPool } from "../../../support/functions/snapshots.ts";
import { sqlJs } from "../../../support/telemetry/telemetry.ts";
import { useTempFolder } from "../../../support/tempFolder.ts";

describe("a rebuild of the telemetry", () => {
	const folder = useTempFolder();

	it("keeps the versions that snapshots found, which no log holds", async () => {
		const repository = new GitRepository(folder.file("repository"));
		const service = new TelemetryService(
			await sqlJs(),
			{
				databaseFile: folder.file("storage/telemetry.db"),
				eventsFile: folder.file("agent-events.jsonl"),
				transcriptFolders: [],
				retentionDays: 36_500,
				functions: { pool: newPool(), known: new KnownFunctions() },
			},
			() => undefined,
		);
		await service.start();
		const task = { onProgress: () => {}, signal: new AbortController().signal };
		const what = { registryFile: "", folders: [repository.root] };
		const take = () => service.functions.take(what, task);
		const versions = () => functionStats(service.store, ["a.ts#f"])[0]?.versions_count;
		repository.write({ "a.ts": "function f() { return 1; }\n" });
		await take();
		repository.write({ "a.ts": "function f() { return 1 + 1; }\n" });
		await take();
		const before = functionDetail(service.store, "a.ts#f")?.versions;
		assert.equal(versions(), 2);
		await service.rebuild(task);
		assert.equal(versions(), 2);
		assert.deepEqual(functionDetail(service.store, "a.ts#f")?.versions, before);
		await service.dispose();
		const store = await savedStore(folder.path);
		assert.equal(store?.first("SELECT count(*) FROM indexed_files")?.[0], 1);
		store?.close();
	});
});
