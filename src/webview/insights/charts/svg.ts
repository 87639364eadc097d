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

/** Room that a name below an axis takes. */
const NAME_PX = 64;
/** So wide it is itself. */
const TEXT_PX = 34;

/** As many names below an axis as there is room for. @param xOf where the one at a place begins */
export function axisNames(
	names: readonly string[],
	xOf: (at: number) => number,
	y: number,
	width: number,
): SVGTextElement[] {
	const every = Math.ceil((names.length * NAME_PX) / (width - xOf(0)));
	return names.flatMap((name, at) =>
		at % every === 0 && xOf(at) + TEXT_PX <= width
			? [svg("text", { class: "tick", x: xOf(at), y }, name)]
			: [],
	);
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
