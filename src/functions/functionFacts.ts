import type { CallFacts, WriteFact } from "../facts/callFacts.ts";
import { NO_FACTS } from "../facts/callFacts.ts";
import type { ToolResultEvent, ToolUseEvent } from "../model/events/events.ts";
import type { CallContent, FileChange, TranscriptRecord } from "../model/events/record.ts";
import { changedFunctions } from "./changedFunctions.ts";
import { type EditedFile, editedFile } from "./editedFile.ts";
import { localPath, resolvePath } from "./filePath.ts";
import { gitBlob } from "./gitBlob.ts";
import type { KnownFunctions } from "./knownFunctions.ts";
import type { FunctionParser } from "./parsing/sourceParser.ts";
import type { Repositories } from "./repositories.ts";
import { functionIdIn, type SourceFunction } from "./sourceFunction.ts";

/** Tells the other facts of a call; see `FactDeriver`. */
interface InnerFacts {
	prepare(records: readonly TranscriptRecord[]): Promise<void>;
	derive(record: TranscriptRecord): CallFacts;
}

interface FunctionFactsOptions {
	readonly inner: InnerFacts;
	readonly parser: FunctionParser;
	readonly known: KnownFunctions;
	readonly repositories: Repositories;
	/** Reads a file as it is now; null where it is gone or too large. */
	readonly readSource: (filePath: string) => Promise<string | null>;
}

interface CallRecord {
	readonly event: ToolUseEvent | ToolResultEvent;
	readonly call: CallContent;
}

/**
 * Adds to a call's facts the functions that it changed and the registered function that it is
 * about. Files are parsed by `parser`, in other threads where it has some. Nothing is kept of a
 * file but hashes and lines.
 */
export class FunctionFacts {
	readonly #options: FunctionFactsOptions;
	readonly #writes = new WeakMap<object, readonly WriteFact[]>();

	constructor(options: FunctionFactsOptions) {
		this.#options = options;
	}

	/** Never rejects. */
	async prepare(records: readonly TranscriptRecord[]): Promise<void> {
		const calls = records.filter(isCall);
		await Promise.all([
			this.#options.inner.prepare(records),
			...calls.map((record) => this.#prepareWrites(record)),
		]);
	}

	/** Only of records that were prepared; never throws. */
	derive(record: TranscriptRecord): CallFacts {
		const facts = this.#options.inner.derive(record);
		// Without a hash of its arguments nothing could be told of the call.
		if (facts === NO_FACTS || !isCall(record)) return facts;
		const writes = this.#writes.get(record.call) ?? [];
		const functionId = this.#registered(record) ?? writes[0]?.functionId ?? facts.functionId;
		return { ...facts, functionId, writes };
	}

	async #prepareWrites({ event, call }: CallRecord): Promise<void> {
		if (call.kind !== "edit" || event.event !== "tool_result" || !event.success) return;
		const writes = await Promise.all(
			call.changes.map((change) => this.#writesIn(change, event.cwd, call.folder)),
		);
		this.#writes.set(call, writes.flat());
	}

	async #writesIn(change: FileChange, cwd: string, folder: string): Promise<WriteFact[]> {
		try {
			const edited = await editedFile(change, cwd, this.#options.readSource);
			if (edited === null) return [];
			const functions = await this.#options.parser.parse(edited.language, edited.text);
			return functions === null ? [] : this.#writesOf(edited, functions, [folder, cwd]);
		} catch {
			// What cannot be made sense of is a change of a file, and of no function.
			return [];
		}
	}

	#writesOf(
		{ filePath, text, hunks }: EditedFile,
		functions: readonly SourceFunction[],
		folders: readonly string[],
	): WriteFact[] {
		const relative = this.#options.repositories.relative(filePath, folders);
		const blob = gitBlob(Buffer.from(text), "sha1");
		return changedFunctions(functions, hunks).map(({ changed, linesAdded, linesRemoved }) => ({
			functionId: functionIdIn(relative, changed.name),
			linesAdded,
			linesRemoved,
			hash: changed.hash,
			lines: [changed.startLine, changed.endLine],
			filePath,
			blob,
		}));
	}

	/** Null where the call names no function, or nothing is registered. */
	#registered({ event, call }: CallRecord): string | null {
		const { known } = this.#options;
		if (known.size === 0) return null;
		if (call.kind === "shell") return known.namedIn(call.command);
		if (call.kind === "mcp") return known.named(event.mcpTool) ?? known.namedByArgument(call.args);
		if (call.kind !== "edit" || event.filePath === "") return null;
		return known.ofFile(localPath(resolvePath(event.cwd, event.filePath)));
	}
}

function isCall(record: TranscriptRecord): record is CallRecord {
	const { event, call } = record;
	return call !== null && (event.event === "tool_use" || event.event === "tool_result");
}
