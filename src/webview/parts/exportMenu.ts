import type { ViewFormat } from "../../protocol/messages.ts";
import { button, el, setAttribute, show } from "./dom.ts";
import { icon } from "./icons.ts";

/** What the menu asks for. */
export interface ExportHandlers {
	/** The picture as it is seen. */
	onExport(format: ViewFormat): void;
	/** A session, in a format that the host asks for. */
	onExportSession(): void;
}

/** A button that opens a list of what can be taken along. */
export class ExportMenu {
	readonly element: HTMLElement;
	readonly #button: HTMLButtonElement;
	readonly #menu = el("div", { class: "menu", attrs: { role: "menu", "aria-label": "Export" } });
	readonly #session: HTMLButtonElement;
	#isOpen = false;

	constructor(handlers: ExportHandlers) {
		const attrs = { type: "button", "aria-label": "Export", "aria-haspopup": "menu" };
		this.#button = el("button", { class: "icon-button", title: "Export", attrs }, icon("export"));
		this.#button.addEventListener("click", () => this.#toggle(!this.#isOpen));
		this.#session = this.#item("Session…", () => handlers.onExportSession());
		this.#menu.append(
			this.#item("Picture as SVG", () => handlers.onExport("svg")),
			this.#item("Picture as PNG", () => handlers.onExport("png")),
			this.#session,
		);
		this.element = el("div", { class: "menu-holder" }, this.#button, this.#menu);
		this.element.addEventListener("keydown", (event) => this.#onKey(event));
		this.element.addEventListener("focusout", ({ relatedTarget }) => {
			if (!(relatedTarget instanceof Node && this.element.contains(relatedTarget))) this.#close();
		});
		this.#close();
	}

	/** Only an editor can export sessions. */
	setCanExportSession(canExport: boolean): void {
		show(this.#session, canExport);
	}

	#item(text: string, onChoose: () => void): HTMLButtonElement {
		return button(text, { class: "menu-item", attrs: { role: "menuitem" } }, () => {
			this.#toggle(false);
			onChoose();
		});
	}

	#toggle(isOpen: boolean): void {
		if (!isOpen) {
			this.#close();
			this.#button.focus();
			return;
		}
		this.#isOpen = true;
		show(this.#menu, true);
		setAttribute(this.#button, "aria-expanded", "true");
		this.#items()[0]?.focus();
	}

	#close(): void {
		this.#isOpen = false;
		show(this.#menu, false);
		setAttribute(this.#button, "aria-expanded", "false");
	}

	#items(): HTMLElement[] {
		const items = [...this.#menu.children].filter((item) => item instanceof HTMLElement);
		return items.filter(({ hidden }) => !hidden);
	}

	/** While it is open its keys are its own. */
	#onKey(event: KeyboardEvent): void {
		if (!this.#isOpen) return;
		const items = this.#items();
		const at = items.indexOf(document.activeElement as HTMLElement);
		const step = { ArrowDown: 1, ArrowUp: items.length - 1 }[event.key];
		event.stopPropagation();
		if (event.key === "Escape") this.#toggle(false);
		else if (step !== undefined) items[(at + step) % items.length]?.focus();
		else return;
		event.preventDefault();
	}
}
