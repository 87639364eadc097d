import * as path from "node:path";
import { KnownFunctions } from "../../functions/knownFunctions.ts";
import { ParserPool } from "../../functions/parsing/parserPool.ts";
import { formatCount } from "../../model/views/format.ts";
import { FunctionSnapshots } from "../../telemetry/functions/functionSnapshots.ts";
import type { SnapshotResult } from "../../telemetry/functions/snapshotResult.ts";
import { skippedText } from "../../telemetry/functions/snapshotText.ts";
import { loadSqlJs } from "../../telemetry/storage/sqlJs.ts";
import { type Command, databaseOption, jsonOption, UsageError } from "../command.ts";
import type { CliContext } from "../context.ts";
import { wasmFileOf, withWriter } from "../database.ts";
import { databaseFileOf, givenPath } from "../paths.ts";

export const snapshotCommand: Command = {
	name: "snapshot",
	summary: "Records the versions that functions have now",
	options: {
		registry: { type: "string", value: "FILE", help: "SQLite file of registered functions" },
		workspace: {
			type: "string",
			value: "DIR",
			help: "folder whose files in git are indexed; otherwise the working folder",
		},
		db: databaseOption,
		json: jsonOption,
	},

	/** Interrupted, it keeps what is done and ends as a failure. */
	async run(values, context) {
		const registry = givenPath(values, "registry", context);
		const workspace = givenPath(values, "workspace", context);
		if (registry !== undefined && workspace !== undefined) {
			throw new UsageError("snapshot: --registry and --workspace exclude each other");
		}
		const databaseFile = databaseFileOf(values, context);
		const folders = registry === undefined ? [workspace ?? context.cwd] : [];
		const result = await take(databaseFile, context, { registryFile: registry ?? "", folders });
		if (values.json) context.print(JSON.stringify({ databaseFile, ...result }, null, "\t"));
		else context.print(text(result, databaseFile));
	},
};

function take(
	databaseFile: string,
	context: CliContext,
	request: { readonly registryFile: string; readonly folders: readonly string[] },
): Promise<SnapshotResult> {
	const cancellation = new AbortController();
	void context.interrupted().then(() => cancellation.abort());
	return withWriter(databaseFile, context, async (store, checkWriter) => {
		const host = {
			store,
			checkWriter,
			now: () => context.now(),
			exclusive: <Value>(task: () => Promise<Value>) => task(),
			written: () => {},
			save: () => Promise.resolve(),
		};
		const threadFile = path.join(context.programFolder, "functionWorker.cjs");
		const pool = new ParserPool(threadFile, context.programFolder);
		const sql = await loadSqlJs(wasmFileOf(context));
		const snapshots = new FunctionSnapshots(sql, host, { pool, known: new KnownFunctions() });
		try {
			const value = await snapshots.take(request, {
				onProgress: () => {},
				signal: cancellation.signal,
			});
			return { value, isChanged: store.isDirty };
		} finally {
			await snapshots.dispose();
		}
	});
}

function text(result: SnapshotResult, databaseFile: string): string {
	const { functions, newVersions, copies, parsed, unchanged } = result;
	const read =
		parsed + unchanged === 0
			? ""
			: ` (${formatCount(parsed, "file")} parsed, ${unchanged} unchanged)`;
	const found = `${formatCount(functions, "function")}${read}`;
	const added = `${formatCount(newVersions, "new version")}, ${copies} new copies`;
	return [`${found}; ${added} in ${databaseFile}`, skippedText(result)].filter(Boolean).join("\n");
}
