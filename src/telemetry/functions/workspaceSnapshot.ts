import { lstat, realpath } from "node:fs/promises";
import * as path from "node:path";
import { languageOf, MAX_SOURCE_BYTES } from "../../functions/parsing/languages.ts";
import type { ParserPool } from "../../functions/parsing/parserPool.ts";
import type { ParsedFile, SourceFile } from "../../functions/parsing/parserProtocol.ts";
import { functionIdIn } from "../../functions/sourceFunction.ts";
import { FunctionSums } from "../rollups/functionSums.ts";
import type { TelemetryStore } from "../storage/store.ts";
import type { Task } from "../task.ts";
import { cancelled, isBelow, type Repository, repositoryAt, trackedFiles } from "./gitFiles.ts";
import { forgetFiles, type IndexedFile, keepFile, knownFiles, touchFile } from "./indexedFiles.ts";
import { NOTHING_FOUND, type SkipReason, type SnapshotResult } from "./snapshotResult.ts";
import { addVersion } from "./versionTable.ts";

/** Files of one task and of one transaction: some ten milliseconds of either. */
const BATCH_FILES = 50;
/** A file that changed so shortly before it was indexed may have changed again since, in ms. */
const SAME_TICK_MS = 2000;
/** Share of the work that is done when files have been listed and looked at. */
const LISTED = 0.1;

interface WorkspaceSnapshotOptions extends Task {
	readonly store: TelemetryStore;
	/** Absolute. */
	readonly folder: string;
	readonly pool: ParserPool;
	/** ms since the epoch */
	readonly now: number;
	/** @throws TelemetryError `not_writer` */
	readonly checkWriter: () => void;
}

/** A file that may have changed. */
interface Candidate {
	readonly file: IndexedFile;
	readonly source: SourceFile;
}

/**
 * Indexes the functions of all source files at and below a folder that git tracks. What was written
 * when it is cancelled stays, and is not done again the next time.
 *
 * @throws TelemetryError `cancelled`, `not_writer`, or `failed` where git does not list the files
 */
export function snapshotWorkspace(options: WorkspaceSnapshotOptions): Promise<SnapshotResult> {
	return new WorkspaceSnapshot(options).run();
}

class WorkspaceSnapshot {
	readonly #options: WorkspaceSnapshotOptions;
	readonly #skipped: Record<SkipReason, number> = { ...NOTHING_FOUND.skipped };
	readonly #seen = new Set<string>();
	readonly #inside = new Map<string, Promise<boolean>>();
	#parsed = 0;
	#unchanged = 0;
	#newVersions = 0;

	constructor(options: WorkspaceSnapshotOptions) {
		this.#options = options;
	}

	async run(): Promise<SnapshotResult> {
		const { store, folder, onProgress, signal } = this.#options;
		const repository = await repositoryAt(folder, signal);
		const tracked = await trackedFiles(folder, signal);
		const known = knownFiles(store, repository.root);
		const paths: string[] = [];
		for (const { relativePath, kind } of tracked) {
			if (kind !== "file") this.#skipped[kind]++;
			else if (languageOf(relativePath) === null) this.#skipped.otherLanguage++;
			else paths.push(path.join(repository.root, relativePath));
		}
		const candidates = await this.#changed(paths, repository, known);
		onProgress(LISTED);
		await this.#parse(candidates, repository);
		// git tells paths without the links that lead to them.
		this.#forget(await realpath(folder), [...known.keys()]);
		onProgress(1);
		return {
			files: tracked.length,
			parsed: this.#parsed,
			unchanged: this.#unchanged,
			newVersions: this.#newVersions,
			copies: 0,
			skipped: this.#skipped,
			functions: functionsAt(store, repository.root),
		};
	}

	/** The files that are not as they were when they were indexed. */
	async #changed(
		paths: readonly string[],
		{ root }: Repository,
		known: ReadonlyMap<string, IndexedFile>,
	): Promise<Candidate[]> {
		const candidates: Candidate[] = [];
		for (let at = 0; at < paths.length; at += 10 * BATCH_FILES) {
			this.#checkCancelled();
			const batch = paths.slice(at, at + 10 * BATCH_FILES);
			const looks = batch.map((each) => this.#look(each, root, known.get(each)));
			for (const candidate of await Promise.all(looks)) {
				if (candidate !== null) candidates.push(candidate);
			}
		}
		return candidates;
	}

	async #look(
		filePath: string,
		root: string,
		before: IndexedFile | undefined,
	): Promise<Candidate | null> {
		const language = languageOf(filePath);
		const stat = await lstat(filePath).catch(() => null);
		if (stat === null || language === null) this.#skipped.unreadable++;
		else if (!stat.isFile() || !(await this.#isInside(path.dirname(filePath), root)))
			this.#skipped.symlink++;
		else if (stat.size > MAX_SOURCE_BYTES) this.#skipped.tooLarge++;
		else {
			this.#seen.add(filePath);
			const { size, mtimeMs } = stat;
			if (before !== undefined && isAsBefore(before, size, mtimeMs)) {
				this.#unchanged++;
				return null;
			}
			const knownBlob = before?.blob ?? null;
			const file = { path: filePath, root, size, mtimeMs, indexedAt: this.#options.now, blob: "" };
			return { file, source: { path: filePath, language, knownBlob } };
		}
		return null;
	}

	/** Whether a folder is where it seems to be: a name that leads out of the repository, or a link, is not. */
	#isInside(folder: string, root: string): Promise<boolean> {
		const known = this.#inside.get(folder);
		if (known !== undefined) return known;
		const asked = Promise.all([realpath(root), realpath(folder)]).then(
			([top, real]) => isBelow(top, real),
			() => false,
		);
		this.#inside.set(folder, asked);
		return asked;
	}

	/** All threads are kept busy, and what they bring is written as it comes. */
	async #parse(candidates: readonly Candidate[], repository: Repository): Promise<void> {
		const { pool, onProgress } = this.#options;
		let next = 0;
		let done = 0;
		const work = async (): Promise<void> => {
			while (next < candidates.length) {
				this.#checkCancelled();
				const batch = candidates.slice(next, next + BATCH_FILES);
				next += batch.length;
				const sources = batch.map(({ source }) => source);
				const answers = await pool.parseFiles(sources, repository.format);
				this.#checkCancelled();
				this.#write(batch, answers);
				done += batch.length;
				onProgress(LISTED + (0.9 - LISTED) * (done / candidates.length));
			}
		};
		// Two tasks a thread: one that it works on, and one that it finds when it has done.
		await Promise.all(Array.from({ length: 2 * pool.width }, work));
	}

	#write(batch: readonly Candidate[], answers: readonly ParsedFile[]): void {
		const { store, checkWriter } = this.#options;
		checkWriter();
		store.transaction(() => {
			const sums = new FunctionSums(store.statements);
			for (const [index, { file, source }] of batch.entries()) {
				this.#writeFile(sums, file, source, answers[index]);
			}
			sums.flush();
		});
	}

	#writeFile(
		sums: FunctionSums,
		file: IndexedFile,
		source: SourceFile,
		answer: ParsedFile | undefined,
	): void {
		const { store } = this.#options;
		const { blob = "", functions = null } = answer ?? {};
		if (blob !== "" && blob === source.knownBlob) {
			this.#unchanged++;
			touchFile(store, file);
			return;
		}
		if (functions === null) {
			this.#skipped.unreadable++;
			this.#seen.delete(file.path);
			return;
		}
		this.#parsed++;
		keepFile(store, { ...file, blob }, functions);
		const relative = path.relative(file.root, file.path).replaceAll("\\", "/");
		for (const { name, hash, startLine, endLine } of functions) {
			const isNew = addVersion(store.statements, sums, {
				functionId: functionIdIn(relative, name),
				hash,
				ts: file.indexedAt,
				source: "index",
				filePath: file.path,
				lines: [startLine, endLine],
				blob,
			});
			if (isNew) this.#newVersions++;
		}
	}

	/** Files that git does not track any more have no functions; their versions stay. */
	#forget(folder: string, known: readonly string[]): void {
		const { store, checkWriter } = this.#options;
		const gone = known.filter((each) => isBelow(folder, each) && !this.#seen.has(each));
		if (gone.length === 0) return;
		checkWriter();
		store.transaction(() => forgetFiles(store, gone));
	}

	#checkCancelled(): void {
		if (this.#options.signal.aborted) throw cancelled();
	}
}

function isAsBefore(before: IndexedFile, size: number, mtimeMs: number): boolean {
	const isTelling = mtimeMs < before.indexedAt - SAME_TICK_MS;
	return isTelling && before.size === size && before.mtimeMs === mtimeMs;
}

function functionsAt(store: TelemetryStore, root: string): number {
	const sql = "SELECT total(json_array_length(functions)) FROM indexed_files WHERE root = ?";
	return Number(store.first(sql, [root])?.[0] ?? 0);
}
