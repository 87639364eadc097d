import * as vscode from "vscode";
import type { App, AppCheck, AppProblem } from "../../apps/app.ts";
import { PatchClock } from "../../live/patchClock.ts";
import type { E2eResult } from "../../telemetry/e2e/e2eRow.ts";
import { Disposable } from "../disposable.ts";
import type { TelemetryHost } from "../telemetry/telemetryHost.ts";

const PATTERN = "**/app.md";
const LEFT_OUT = "**/{node_modules,.git}/**";
const MAX_FILES = 500;
/** A checkout changes many files at once. */
const REFRESH_AFTER_MS = 300;

/** An `app.md` of the workspace. */
export interface AppFile {
	readonly uri: vscode.Uri;
	readonly content: App | AppProblem;
}

export interface ListedCheck {
	readonly file: AppFile;
	readonly app: App;
	readonly check: AppCheck;
}

/** How a check ended, with the reason where this window ran it. */
interface ShownResult extends E2eResult {
	readonly reason?: string;
}

interface Parser {
	parseApp(text: string): App | AppProblem;
}

/** Of the window. */
interface AppsWindow {
	readonly telemetry: TelemetryHost;
	/** Asked for each `app.md` once somebody looks. */
	readonly appEngine: () => Parser;
}

/** Knows the apps of the workspace and how their checks ended; nothing is run here. */
export class AppsFeed extends Disposable {
	readonly #host: TelemetryHost;
	readonly #appEngine: () => Parser;
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChange = this.#onDidChange.event;
	readonly #clock = this._register(new PatchClock(() => void this.refresh(), REFRESH_AFTER_MS));
	readonly #own = new Map<string, ShownResult>();
	readonly #running = new Set<string>();
	#recorded = new Map<string, E2eResult>();
	#files: readonly AppFile[] = [];
	#loaded: Promise<void> | null = null;

	constructor({ telemetry: host, appEngine }: AppsWindow) {
		super();
		this.#appEngine = appEngine;
		this.#host = host;
		const watcher = this._register(vscode.workspace.createFileSystemWatcher(PATTERN));
		// Until someone looks, nothing is read.
		const changed = (): void => {
			if (this.#loaded !== null) this.#clock.request();
		};
		this._register(watcher.onDidCreate(changed));
		this._register(watcher.onDidChange(changed));
		this._register(watcher.onDidDelete(changed));
		this._register(vscode.workspace.onDidChangeWorkspaceFolders(changed));
		this._register(host.onDidChange(({ functionIds }) => functionIds === null && changed()));
	}

	get files(): readonly AppFile[] {
		return this.#files;
	}

	get checks(): ListedCheck[] {
		return this.#files.flatMap((file) => {
			const { content } = file;
			if ("reason" in content) return [];
			return content.checks.map((check) => ({ file, app: content, check }));
		});
	}

	/** Reads the files unless that was done before. */
	load(): Promise<void> {
		this.#loaded ??= this.refresh();
		return this.#loaded;
	}

	/** Reads files and results anew. */
	async refresh(): Promise<void> {
		const uris = await vscode.workspace.findFiles(PATTERN, LEFT_OUT, MAX_FILES);
		const read = await Promise.all(uris.toSorted(byPath).map((uri) => this.#read(uri)));
		this.#files = withoutNamesakes(read);
		// While the telemetry starts or is off, what this window ran itself is all that is known.
		const results = (await this.#host.current?.e2eResults().catch(() => [])) ?? [];
		this.#recorded = new Map(results.map((one) => [keyOf(one.appId, one.checkId), one]));
		if (!this.isDisposed) this.#onDidChange.fire();
	}

	isRunning({ app, check }: ListedCheck): boolean {
		return this.#running.has(keyOf(app.name, check.id));
	}

	/** Whichever is newer of what was recorded and what this window ran; null for never. */
	resultOf({ app, check }: ListedCheck): ShownResult | null {
		const key = keyOf(app.name, check.id);
		const [own, recorded] = [this.#own.get(key), this.#recorded.get(key)];
		if (own === undefined || recorded === undefined) return own ?? recorded ?? null;
		return own.ts >= recorded.ts ? own : recorded;
	}

	began({ app, check }: ListedCheck): void {
		this.#running.add(keyOf(app.name, check.id));
		this.#onDidChange.fire();
	}

	/** @param result null when it was cancelled */
	ended({ app, check }: ListedCheck, result: ShownResult | null): void {
		const key = keyOf(app.name, check.id);
		this.#running.delete(key);
		if (result !== null) this.#own.set(key, result);
		this.#onDidChange.fire();
	}

	async #read(uri: vscode.Uri): Promise<AppFile> {
		try {
			const text = new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
			return { uri, content: this.#appEngine().parseApp(text) };
		} catch (error) {
			return { uri, content: { reason: `It cannot be read: ${error}`, line: 1 } };
		}
	}
}

/** Results are kept by name: two apps of one name would overwrite each other's. */
function withoutNamesakes(files: readonly AppFile[]): AppFile[] {
	const seen = new Map<string, vscode.Uri>();
	return files.map((file) => {
		if ("reason" in file.content) return file;
		const other = seen.get(file.content.name);
		seen.set(file.content.name, other ?? file.uri);
		if (other === undefined) return file;
		const path = vscode.workspace.asRelativePath(other);
		return { ...file, content: { reason: `${path} has the same name.`, line: 1 } };
	});
}

function byPath(a: vscode.Uri, b: vscode.Uri): number {
	return a.path < b.path ? -1 : 1;
}

function keyOf(app: string, check: string): string {
	return JSON.stringify([app, check]);
}
