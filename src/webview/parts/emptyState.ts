import type { PanelAction, SourceStatus } from "../../protocol/messages.ts";
import { clip } from "../text/clip.ts";
import { plural } from "../text/numbers.ts";
import { button, el, setText, show } from "./dom.ts";

/** What the empty middle has to explain. */
interface Emptiness {
	readonly status: SourceStatus;
	/** Nodes in the picture. */
	readonly shown: number;
	/** Nodes that are alive but filtered out. */
	readonly filtered: number;
	/** Agents that were ever launched. */
	readonly spawned: number;
	/** A snapshot of another protocol came: nothing shown can be trusted. */
	readonly isOutdated: boolean;
	readonly hasSnapshot: boolean;
	/** A summary of the session that ended last stands there instead. */
	readonly isSummarised: boolean;
	/** What is shown was, and is not now. */
	readonly isReplaying: boolean;
}

/** Clearing filters stays within the page; the rest the host does. */
type Offer = PanelAction | "clearFilters";

interface Message {
	readonly title: string;
	readonly text: string;
	readonly offers: readonly Offer[];
}

const OFFERS: readonly (readonly [Offer, string])[] = [
	["installHooks", "Install Hooks"],
	["playDemo", "Play Demo"],
	["showStatus", "Open Status"],
	["clearFilters", "Clear Filters"],
];

/** What to say while there is nothing to draw; null while there is. */
function emptyMessage(state: Emptiness): Message | null {
	const { status } = state;
	if (state.isOutdated) {
		return {
			title: "This panel is of another version",
			text: "The extension was updated. Close the panel and open it again.",
			offers: [],
		};
	}
	if (state.shown > 0 || state.isSummarised) return null;
	if (state.isReplaying) {
		return {
			title: "Nobody was at work",
			text: "Agents that had ended by then are shown with Finished.",
			offers: [],
		};
	}
	if (status.connection === "disconnected" && status.source === "stream") {
		const [title = "", ...rest] = clip(status.message).split(/(?<=\.) /);
		return { title: title.replace(/\.$/, ""), text: rest.join(" "), offers: [] };
	}
	if (status.connection === "disconnected") {
		return {
			title:
				status.source === "past" ? "The session cannot be read" : "The event log cannot be read",
			text: clip(status.message) || "No reason is known.",
			offers: ["showStatus", "playDemo"],
		};
	}
	if (status.phase !== "live" || !state.hasSnapshot) {
		const what = status.source === "past" ? "session" : "event log";
		return { title: `Reading the ${what}`, text: "One moment.", offers: [] };
	}
	if (status.source === "past" && state.spawned === 0) {
		return {
			title: "Nothing is left of this session",
			text: "Its transcripts are no longer there: the client removes them after some weeks. Database and event log have none of its agents and calls either.",
			offers: [],
		};
	}
	if (state.filtered > 0) {
		return {
			title: "Nothing passes the filters",
			text: `${plural(state.filtered, "agent or session")} at work but filtered out.`,
			offers: ["clearFilters"],
		};
	}
	if (state.spawned > 0) {
		return {
			title: "All quiet",
			text: `${plural(state.spawned, "agent")} came and went. The next one appears here by itself.`,
			offers: ["playDemo", "showStatus"],
		};
	}
	if (status.areHooksReady) {
		return {
			title: "The hooks are ready",
			text: "Start a new session: it appears here, with every agent as a branch and every tool call as a pulse.",
			offers: ["playDemo", "showStatus"],
		};
	}
	return {
		title: "Waiting for agents",
		text:
			"Start a coding agent: its session appears here, every agent as a branch, every tool call as a " +
			"pulse. With the hooks installed calls show as they start, and waits for permission too.",
		offers: ["installHooks", "playDemo", "showStatus"],
	};
}

/** The middle of the panel while there is nothing to draw. */
export class EmptyState {
	readonly element = el("section", { class: "empty", attrs: { "aria-label": "Nothing to show" } });
	readonly #title = el("h2");
	readonly #text = el("p");
	readonly #buttons = new Map<Offer, HTMLButtonElement>();

	constructor(onOffer: (offer: Offer) => void) {
		const row = el("div", { class: "empty-buttons" });
		for (const [offer, label] of OFFERS) {
			const attrs = { "data-offer": offer };
			const element = button(label, { class: "button", attrs }, () => onOffer(offer));
			this.#buttons.set(offer, element);
			row.append(element);
		}
		const emblem = el("div", { class: "emblem", attrs: { "aria-hidden": "true" } });
		this.element.append(emblem, this.#title, this.#text, row);
		show(this.element, false);
	}

	update(state: Emptiness): void {
		const message = emptyMessage(state);
		show(this.element, message !== null);
		if (message === null) return;
		setText(this.#title, message.title);
		setText(this.#text, message.text);
		for (const [offer, element] of this.#buttons) {
			show(element, message.offers.includes(offer));
			element.classList.toggle("primary", offer === message.offers[0]);
		}
	}
}
