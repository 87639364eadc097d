import * as vscode from "vscode";
import { Disposable } from "../disposable.ts";
import { NO_FILTER, type SessionFilter } from "./sessionFilter.ts";

/** What is looked for in the prompts, and how far that is. Nothing of it outlives the window. */
export interface PromptSearchState {
	readonly text: string;
	/** Sessions with it, so far. */
	readonly found: ReadonlySet<string>;
	/** Sessions that were looked through, and all that will be. */
	readonly done: number;
	readonly total: number;
}

/** Which sessions the view shows: those that pass a filter, those in whose prompts something was found. */
export class SessionsQuery extends Disposable {
	readonly #onDidChange = this._register(new vscode.EventEmitter<void>());
	readonly onDidChange = this.#onDidChange.event;
	#filter = NO_FILTER;
	#search: PromptSearchState | null = null;

	get filter(): SessionFilter {
		return this.#filter;
	}

	/** null where nothing is looked for */
	get search(): PromptSearchState | null {
		return this.#search;
	}

	get isActive(): boolean {
		return this.#filter !== NO_FILTER || this.#search !== null;
	}

	setFilter(filter: SessionFilter): void {
		const isNone = Object.values(filter).every((values) => values.size === 0);
		this.#filter = isNone ? NO_FILTER : filter;
		this.#onDidChange.fire();
	}

	setSearch(search: PromptSearchState | null): void {
		this.#search = search;
		this.#onDidChange.fire();
	}
}
