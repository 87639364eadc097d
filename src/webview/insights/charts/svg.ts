const NAMESPACE = "http://www.w3.org/2000/svg";

type Attributes = Readonly<Record<string, string | number>>;

/** A new element of a picture with its children: text is only ever set as text. */
export function svg<Name extends keyof SVGElementTagNameMap>(
	name: Name,
	attributes: Attributes = {},
	...children: readonly (Node | string)[]
): SVGElementTagNameMap[Name] {
	const element = document.createElementNS(NAMESPACE, name);
	for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, String(value));
	element.append(...children);
	return element;
}

/** A picture that is as wide as its place, in units of its own. */
export function picture(width: number, height: number, label: string): SVGSVGElement {
	return svg("svg", {
		viewBox: `0 0 ${width} ${height}`,
		class: "chart",
		role: "group",
		"aria-label": label,
	});
}
