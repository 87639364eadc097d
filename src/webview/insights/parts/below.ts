import { el, show } from "../../parts/dom.ts";

/** A button, and below it what it shows. */
export interface Below {
	readonly label: HTMLElement;
	readonly root: HTMLElement;
}

/**
 * Something that stands below what it is about, made when it is opened; what cannot be read is said in its
 * place.
 *
 * @param name of what it stands below, for those who hear it
 * @param labelOf the button, with what a click on it does
 */
export function below(
	name: string,
	labelOf: (act: () => void) => HTMLElement,
	make: () => Promise<readonly HTMLElement[]>,
): Below {
	const root = el("div", {
		class: "below",
		attrs: { tabindex: "0", role: "group", "aria-label": `Behind ${name}` },
	});
	show(root, false);
	const label = labelOf(() => void toggle(label, root, make));
	label.setAttribute("aria-expanded", "false");
	return { label, root };
}

async function toggle(
	label: HTMLElement,
	root: HTMLElement,
	make: () => Promise<readonly HTMLElement[]>,
): Promise<void> {
	const isShown = label.getAttribute("aria-expanded") === "true";
	label.setAttribute("aria-expanded", String(!isShown));
	show(root, !isShown);
	if (isShown) return;
	try {
		root.replaceChildren(...(await make()));
	} catch (error) {
		const text = error instanceof Error ? error.message : String(error);
		root.replaceChildren(el("p", { class: "problem", text, attrs: { role: "alert" } }));
	}
}
