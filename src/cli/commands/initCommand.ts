import { formatCount } from "../../model/views/format.ts";
import { SnapshotFile } from "../../telemetry/storage/file/snapshotFile.ts";
import { WriterLock } from "../../telemetry/storage/file/writerLock.ts";
import { CliFailure, type Command, databaseOption } from "../command.ts";
import type { CliContext } from "../context.ts";
import { openToRead } from "../database.ts";
import { databaseFileOf } from "../paths.ts";

export const initCommand: Command = {
	name: "init",
	summary: "Makes the database, or checks the one that is there",
	options: { db: databaseOption },

	async run(values, context) {
		const file = new SnapshotFile(databaseFileOf(values, context));
		const isNew = file.stamp() === null;
		if (isNew) await create(file, context);
		const store = await openToRead(file.read(), context);
		const functions = Number(store.first("SELECT count(*) FROM function_stats")?.[0]);
		store.close();
		const state = isNew ? "empty" : formatCount(functions, "function");
		context.print(`ready: ${file.path} (${state})`);
	},
};

/** Under the writer's lock, as a window may be about to make the same file. */
async function create(file: SnapshotFile, context: CliContext): Promise<void> {
	const lock = new WriterLock(file.path, () => {});
	if (!(await lock.tryAcquire())) {
		throw new CliFailure(`another process is about to make ${file.path}`);
	}
	try {
		const store = await openToRead(null, context);
		await file.save(store.export(), () => lock.check() && file.stamp() === null);
		store.close();
	} finally {
		await lock.release();
	}
}
