import { button, el, show } from "./dom.ts";

/** Says that what is shown is not the user's own, and ends it. */
export class DemoRibbon {
	readonly element: HTMLElement;

	constructor(onStop: () => void) {
		this.element = el(
			"div",
			{ class: "ribbon", attrs: { role: "note" } },
			el("span", { text: "Demo: recorded events, not your agents" }),
			button("Stop", { class: "button" }, onStop),
		);
		show(this.element, false);
	}

	update(isDemo: boolean): void {
		show(this.element, isDemo);
	}
}
