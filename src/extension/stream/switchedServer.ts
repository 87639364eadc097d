import type * as vscode from "vscode";
import { Disposable } from "../disposable.ts";

/** Another window may have the port, and may close. */
const RETRY_MS = 15_000;

/** Something that listens, and ends. */
interface Listening {
	/** `http://` and what is listened on. */
	readonly origin: string;
	close(): Promise<void>;
}

interface SwitchedOptions<Settings, Server> {
	/** What it is, for the log. */
	readonly title: string;
	readonly off: Settings;
	/** Why it must not be, whatever the settings say; empty where it may. */
	refusal(): string;
	/** @throws Error, with the system's `code`, where it can not listen */
	open(settings: Settings): Promise<Server>;
	readonly log: vscode.LogOutputChannel;
}

/** A server of the window that listens while a setting says so. */
export class SwitchedServer<
	Settings extends { readonly isEnabled: boolean },
	Server extends Listening,
> extends Disposable {
	readonly #options: SwitchedOptions<Settings, Server>;
	#settings: Settings;
	#server: Server | null = null;
	#problem = "";
	#retry: NodeJS.Timeout | undefined;
	/** Starting and ending take a moment, and come one after the other. */
	#work: Promise<void> = Promise.resolve();

	constructor(options: SwitchedOptions<Settings, Server>) {
		super();
		this.#options = options;
		this.#settings = options.off;
		this._register({ dispose: () => void this.#change(options.off) });
	}

	/** null while nothing listens. */
	get server(): Server | null {
		return this.#server;
	}

	/** Why nothing does though it should; empty elsewhere. */
	get problem(): string {
		return this.#problem;
	}

	/** Settles once what was asked for last has taken effect. */
	get settled(): Promise<void> {
		return this.#work;
	}

	/** Settles once the settings have taken effect. */
	configure(settings: Settings): Promise<void> {
		if (JSON.stringify(settings) === JSON.stringify(this.#settings)) return this.#work;
		return this.#change(settings);
	}

	/** Something else that it depends on has changed. */
	restart(): Promise<void> {
		return this.#settings.isEnabled ? this.#change(this.#settings) : this.#work;
	}

	#change(settings: Settings): Promise<void> {
		this.#settings = settings;
		clearTimeout(this.#retry);
		this.#work = this.#work.then(() => this.#reopen());
		return this.#work;
	}

	async #reopen(): Promise<void> {
		const { title, log } = this.#options;
		const server = this.#server;
		this.#server = null;
		await server?.close();
		const before = this.#problem;
		this.#problem = "";
		if (!this.#settings.isEnabled) return;
		this.#problem = this.#options.refusal();
		if (this.#problem !== "") return;
		try {
			this.#server = await this.#options.open(this.#settings);
			log.info(`${title}: listens on ${this.#server.origin}`);
		} catch (error) {
			this.#failed(error as NodeJS.ErrnoException, before);
		}
	}

	#failed({ message, code: reason }: NodeJS.ErrnoException, before: string): void {
		// Said once, not at every try.
		if (before !== message) this.#options.log.warn(`${this.#options.title}: ${message}`);
		this.#problem = message;
		if (reason !== "EADDRINUSE") return;
		this.#retry = setTimeout(() => void this.#change(this.#settings), RETRY_MS);
	}
}
