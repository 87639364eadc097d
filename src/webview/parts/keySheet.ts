import { el } from "./dom.ts";

const KEYS: readonly (readonly [keys: string, meaning: string])[] = [
	["← → ↑ ↓", "from agent to agent; on the timeline ← → from call to call"],
	["Shift + arrow", "move the picture, or the timeline"],
	["Enter", "open the inspector; on the timeline the transcript"],
	["N", "next that waits for you"],
	["T", "table of agents; on its rows O opens the transcript, C copies the id"],
	["B", "count calls by tool beside each agent"],
	["L", "timeline of the session"],
	["/", "search; Enter leads through what is found"],
	["Space", "play the session, or pause"],
	[",  .", "one event back, one on, in a replay"],
	["+  −", "zoom"],
	["0", "show everything"],
	["F", "keep everything in view, or leave the camera"],
	["Esc", "close what was opened last"],
	["?", "these keys"],
];

/** The sheet of keys. A dialog: it takes the focus, and gives it back. */
export class KeySheet {
	readonly element = el("dialog", { class: "key-sheet", attrs: { "aria-label": "Keys" } });

	constructor() {
		const rows = KEYS.map(([keys, meaning]) =>
			el("div", {}, el("dt", {}, el("kbd", { text: keys })), el("dd", { text: meaning })),
		);
		const close = el("button", { class: "button", text: "Close", attrs: { type: "button" } });
		close.addEventListener("click", () => this.element.close());
		this.element.append(el("h2", { text: "Keys" }), el("dl", {}, ...rows), close);
		// The sheet's own keys do nothing to the page behind it.
		this.element.addEventListener("keydown", (event) => {
			event.stopPropagation();
			if (event.key === "?") this.element.close();
		});
	}

	toggle(): void {
		if (this.element.open) this.element.close();
		else this.element.showModal();
	}
}
