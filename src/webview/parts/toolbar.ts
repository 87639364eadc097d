import type { ClientLabel } from "../../protocol/messages.ts";
import type { Filters } from "../state/filters.ts";
import { isSessionFilter, readFilters } from "../state/filters.ts";
import { formatCount } from "../text/numbers.ts";
import { ENDINGS, endingWord, FAMILIES } from "../text/words.ts";
import { button, el, setAttribute, setText, show } from "./dom.ts";
import { type ExportHandlers, ExportMenu } from "./exportMenu.ts";
import { type IconName, icon } from "./icons.ts";

const FOLLOW_TITLE = "Keep everything in view; moving the picture by hand turns it off";
const BUCKETS_TITLE = "Count the calls of each agent by tool, beside it (B)";
const TIMELINE_TITLE = "What each agent did and when (L)";
const REPLAY_TITLE = "See the session as it was at any moment (Space plays)";
const FINISHED_TITLE = "Show agents that ended where they were";

/** What the toolbar asks for. */
export interface ToolbarHandlers extends ExportHandlers {
	onSearch(query: string): void;
	/** Enter (1) or Shift+Enter (-1) in the search. */
	onStep(step: 1 | -1): void;
	onFilters(filters: Filters): void;
	onZoom(factor: number): void;
	onFit(): void;
	onTable(): void;
	onTimeline(): void;
	/** Opens or closes the replay. */
	onReplay(): void;
	/** Shows the sheet of keys. */
	onKeys(): void;
	/** Turns following on or off. */
	onFollow(): void;
	/** Leads to the next node that waits. */
	onNextWait(): void;
	/** Shows the agents that ended, or hides them. */
	onFinished(): void;
	/** Tells calls by a small node for each tool, or by names that float up. */
	onBuckets(): void;
}

/** One entry of the session filter. */
interface SessionChoice {
	readonly value: Filters["session"];
	readonly label: string;
}

/** Search, filters and view buttons over the top left of the picture. */
export class Toolbar {
	readonly element: HTMLElement;
	readonly exports: ExportMenu;
	readonly tableButton: HTMLButtonElement;
	readonly timelineButton: HTMLButtonElement;
	readonly replayButton: HTMLButtonElement;
	readonly #handlers: ToolbarHandlers;
	readonly #finished: HTMLButtonElement;
	readonly #buckets: HTMLButtonElement;
	readonly #follow: HTMLButtonElement;
	readonly #waits: HTMLButtonElement;
	readonly #search = el("input", {
		class: "search-input",
		attrs: {
			type: "search",
			placeholder: "Search agents, tools, ids",
			"aria-label": "Search agents by type, description, id or tool",
			spellcheck: "false",
		},
	});
	readonly #matches = el("span", { class: "matches", attrs: { role: "status" } });
	readonly #sessions = select("Session", []);
	readonly #clients = select("Client", []);
	readonly #families = select("Model", [
		["any", "All models"],
		...FAMILIES.map((family) => [family, capitalized(family)] as const),
	]);
	readonly #endings = select("Outcome", [
		["any", "Any outcome"],
		["alive", "At work"],
		...ENDINGS.map((ending) => [ending, capitalized(endingWord(ending))] as const),
	]);
	#choices = "";

	constructor(handlers: ToolbarHandlers) {
		this.#handlers = handlers;
		this.exports = new ExportMenu(handlers);
		this.tableButton = iconButton("table", "Table of agents (T)", () => handlers.onTable());
		this.timelineButton = button(
			"Timeline",
			{ class: "button toggle", title: TIMELINE_TITLE },
			() => handlers.onTimeline(),
		);
		this.#finished = button("Finished", { class: "button toggle", title: FINISHED_TITLE }, () =>
			handlers.onFinished(),
		);
		this.#buckets = button("Buckets", { class: "button toggle", title: BUCKETS_TITLE }, () =>
			handlers.onBuckets(),
		);
		this.#follow = button("Follow", { class: "button toggle", title: FOLLOW_TITLE }, () =>
			handlers.onFollow(),
		);
		this.replayButton = button("Replay", { class: "button toggle", title: REPLAY_TITLE }, () =>
			handlers.onReplay(),
		);
		this.#waits = button("", { class: "button waits", title: "Next that waits (N)" }, () =>
			handlers.onNextWait(),
		);
		show(this.#waits, false);
		const view = el(
			"div",
			{ class: "button-group", attrs: { role: "group", "aria-label": "View" } },
			iconButton("minus", "Zoom out (-)", () => handlers.onZoom(1 / 1.4)),
			iconButton("plus", "Zoom in (+)", () => handlers.onZoom(1.4)),
			iconButton("fit", "Show everything (0)", () => handlers.onFit()),
			this.#follow,
			this.timelineButton,
			this.replayButton,
			this.tableButton,
			this.exports.element,
			iconButton("keys", "Keys (?)", () => handlers.onKeys()),
			this.#waits,
		);
		const search = el("div", { class: "search" }, icon("search"), this.#search, this.#matches);
		const filters = [this.#sessions, this.#clients, this.#families, this.#endings];
		const label = { role: "toolbar", "aria-label": "Search, filters and view" };
		this.element = el(
			"div",
			{ class: "toolbar", attrs: label },
			search,
			...filters,
			this.#finished,
			this.#buckets,
			view,
		);
		for (const filter of filters) filter.addEventListener("change", () => this.#emitFilters());
		this.#bindSearch();
	}

	/** Selects what is there, so that typing starts a new search. */
	focusSearch(): void {
		this.#search.focus();
		this.#search.select();
	}

	/** `null` without a query; else which match is shown, from 1 (0: none yet), and how many. */
	setMatches(found: { readonly at: number; readonly count: number } | null): void {
		show(this.#matches, found !== null);
		setText(this.#matches, found === null ? "" : progressText(found));
	}

	setTableOpen(isOpen: boolean): void {
		setAttribute(this.tableButton, "aria-pressed", String(isOpen));
	}

	setTimelineOpen(isOpen: boolean): void {
		setAttribute(this.timelineButton, "aria-pressed", String(isOpen));
	}

	setReplayOpen(isOpen: boolean): void {
		setAttribute(this.replayButton, "aria-pressed", String(isOpen));
	}

	/** Whether the camera keeps everything in view. */
	setFollowing(isFollowing: boolean): void {
		setAttribute(this.#follow, "aria-pressed", String(isFollowing));
	}

	/** @param count nodes that wait for a permission */
	setWaiting(count: number): void {
		show(this.#waits, count > 0);
		setText(this.#waits, count === 1 ? "1 waits" : `${formatCount(count)} wait`);
	}

	/** @param count agents that ended in all */
	setFinished(count: number, isShown: boolean): void {
		setAttribute(this.#finished, "aria-pressed", String(isShown));
		setText(this.#finished, `Finished ${formatCount(count)}`);
		show(this.#finished, count > 0 || isShown);
	}

	setBuckets(areShown: boolean): void {
		setAttribute(this.#buckets, "aria-pressed", String(areShown));
	}

	setQuery(query: string): void {
		if (this.#search.value !== query) this.#search.value = query;
	}

	/** @param clients to choose from, where there is a choice */
	setFilters(
		filters: Filters,
		choices: readonly SessionChoice[],
		clients: readonly ClientLabel[],
	): void {
		// A list that is rebuilt while it is open would close under the pointer.
		const key = JSON.stringify([choices, clients]);
		if (key !== this.#choices) {
			this.#choices = key;
			const options = choices.map(({ value, label }) => option(value, label));
			this.#sessions.replaceChildren(...options);
			const named = clients.map(({ name, title }) => option(name, title));
			this.#clients.replaceChildren(option("any", "All clients"), ...named);
			show(this.#clients, clients.length > 1);
		}
		setValue(this.#clients, filters.client);
		setValue(this.#sessions, filters.session);
		setValue(this.#families, filters.family);
		setValue(this.#endings, filters.ending);
	}

	/** Read back through the same checks as a saved state: a select holds mere strings. */
	#emitFilters(): void {
		const session = this.#sessions.value;
		this.#handlers.onFilters({
			...readFilters({
				client: this.#clients.value,
				family: this.#families.value,
				ending: this.#endings.value,
			}),
			session: isSessionFilter(session) ? session : "all",
		});
	}

	/** Keys that mean something here must not reach those of the page. */
	#bindSearch(): void {
		this.#search.addEventListener("input", () => this.#handlers.onSearch(this.#search.value));
		this.#search.addEventListener("keydown", (event) => {
			if (event.key === "Enter") this.#handlers.onStep(event.shiftKey ? -1 : 1);
			else if (event.key !== "Escape" || this.#search.value === "") return;
			else {
				this.#search.value = "";
				this.#handlers.onSearch("");
			}
			event.preventDefault();
			event.stopPropagation();
		});
	}
}

function progressText({ at, count }: { readonly at: number; readonly count: number }): string {
	if (count === 0) return "none";
	return at === 0 ? String(count) : `${at} / ${count}`;
}

function iconButton(name: IconName, label: string, onClick: () => void): HTMLButtonElement {
	const attrs = { type: "button", "aria-label": label };
	const element = el("button", { class: "icon-button", title: label, attrs }, icon(name));
	element.addEventListener("click", onClick);
	return element;
}

function select(label: string, options: readonly (readonly [string, string])[]): HTMLSelectElement {
	const children = options.map(([value, text]) => option(value, text));
	return el("select", { class: "select", attrs: { "aria-label": label } }, ...children);
}

function option(value: string, text: string): HTMLOptionElement {
	return el("option", { text, attrs: { value } });
}

function setValue(element: HTMLSelectElement, value: string): void {
	if (element.value !== value) element.value = value;
	element.classList.toggle("narrowing", value !== "all" && value !== "any");
}

function capitalized(word: string): string {
	return word.charAt(0).toUpperCase() + word.slice(1);
}
