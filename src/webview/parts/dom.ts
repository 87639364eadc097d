/** Attributes and text of a new element; text is only ever set as text. */
interface Content {
	readonly class?: string;
	readonly text?: string;
	readonly title?: string;
	readonly attrs?: Readonly<Record<string, string>>;
}

/** A new element with its children: the only way in which the page makes markup. */
export function el<Name extends keyof HTMLElementTagNameMap>(
	name: Name,
	content: Content = {},
	...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
	const element = document.createElement(name);
	if (content.class !== undefined) element.className = content.class;
	if (content.text !== undefined) element.textContent = content.text;
	if (content.title !== undefined) element.title = content.title;
	for (const [key, value] of Object.entries(content.attrs ?? {})) element.setAttribute(key, value);
	element.append(...children);
	return element;
}

export function button(text: string, content: Content, onClick: () => void): HTMLButtonElement {
	const element = el("button", { ...content, text });
	element.type = "button";
	element.addEventListener("click", onClick);
	return element;
}

/** Sets text only where it differs: untouched nodes cost no style and no layout. */
export function setText(element: Element, text: string): void {
	if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element: Element, name: string, value: string | null): void {
	if (element.getAttribute(name) === value) return;
	if (value === null) element.removeAttribute(name);
	else element.setAttribute(name, value);
}

export function show(element: HTMLElement, isShown: boolean): void {
	if (element.hidden === isShown) element.hidden = !isShown;
}
