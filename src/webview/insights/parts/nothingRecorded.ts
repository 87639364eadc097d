import type { InsightsView } from "../../../insights/insightsView.ts";
import { button, el, show } from "../../parts/dom.ts";

/** What stands in the place of figures where there are none. */
export class NothingRecorded {
	readonly root: HTMLElement;
	readonly #text = el("p");
	readonly #all: HTMLButtonElement;

	constructor(onAll: () => void) {
		this.#all = button("Show All That Is Recorded", { class: "button" }, onAll);
		this.root = el("section", { class: "nothing-recorded" }, this.#text, this.#all);
		show(this.root, false);
	}

	update(isNothing: boolean, view: InsightsView): void {
		const isNarrowed = Object.values(view.filter).some((value) => value !== undefined);
		const isAll = view.days === 0 && view.part === null && !isNarrowed;
		this.#text.textContent = isAll
			? "Nothing is recorded yet. Start an agent: what it does is counted while it works, and what clients have kept of earlier sessions is read in the background."
			: `Nothing is recorded of this period${isNarrowed ? " that passes the filters" : ""}.`;
		show(this.#all, !isAll);
		show(this.root, isNothing);
	}
}
