const NAMESPACE = "http://www.w3.org/2000/svg";

/** Strokes of the icons on a 16 by 16 grid; drawn here, so no font has to be loaded. */
const PATHS = {
	search: "M7 2.5a4.5 4.5 0 1 0 0 9a4.5 4.5 0 0 0 0-9ZM10.4 10.4 14 14",
	plus: "M8 3v10M3 8h10",
	minus: "M3 8h10",
	fit: "M2.5 6v-3.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10",
	table: "M2.5 3.5h11v9h-11ZM2.5 6.5h11M2.5 9.5h11M6.5 6.5v6",
	export: "M8 10V2.5M5 5.5l3-3l3 3M2.5 9.5v4h11v-4",
	keys: "M5.8 6.1a2.2 2.2 0 1 1 3.1 2c-.6.3-.9.7-.9 1.4v.3M8 12.2v.3",
	play: "M5 3l8 5-8 5Z",
	pause: "M5.5 3.5v9M10.5 3.5v9",
	back: "M11.5 3.5 5.5 8l6 4.5ZM3.5 3.5v9",
	onward: "M4.5 3.5l6 4.5-6 4.5ZM12.5 3.5v9",
	close: "M4 4l8 8M12 4l-8 8",
	file: "M4 2.5h5l3 3v8H4ZM9 2.5v3h3",
	copy: "M5.5 5.5v-3h8v8h-3M2.5 5.5h8v8h-8Z",
} as const;

export type IconName = keyof typeof PATHS;

/** An icon that takes the colour of the text around it; hidden from screen readers. */
export function icon(name: IconName): SVGSVGElement {
	const svg = document.createElementNS(NAMESPACE, "svg");
	svg.setAttribute("viewBox", "0 0 16 16");
	svg.setAttribute("class", "icon");
	svg.setAttribute("aria-hidden", "true");
	const path = document.createElementNS(NAMESPACE, "path");
	path.setAttribute("d", PATHS[name]);
	svg.append(path);
	return svg;
}
