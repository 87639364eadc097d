import { rove } from "./roving.ts";
import { axisNames, picture, svg } from "./svg.ts";

const WIDTH = 80;
const HEIGHT = 18;
/** How far a value without neighbours reaches to each side, px. */
const LONE_PX = 3;
/** Radius of what can be pointed at. */
const POINT_PX = 5;

/** A line as small as a word; gaps where nothing is known. Says nothing by itself: a cell beside it does. */
export function sparkline(values: readonly (number | null)[], name: string): SVGSVGElement {
	const chart = svg("svg", {
		class: `spark ${name}`,
		viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
		"aria-hidden": "true",
	});
	chart.append(svg("path", { d: pathOf(values, WIDTH, HEIGHT, 2) }));
	return chart;
}

interface LineChart {
	/** null where nothing is known */
	readonly values: readonly (number | null)[];
	/** One for each value. */
	readonly names: readonly string[];
	readonly label: string;
	readonly format: (value: number) => string;
	/** CSS px */
	readonly width: number;
	/** Top of the scale; that of the values where absent. */
	readonly most?: number;
	/** A value was chosen, by its place. */
	readonly onTake: (index: number) => void;
}

/** A line over time with its scale, and a point for each value. */
export function lineChart(data: LineChart): SVGSVGElement {
	const { values, names, label, format, width } = data;
	const [height, left, bottom] = [140, 52, 22];
	const top = data.most ?? Math.max(...values.map((value) => value ?? 0), 0);
	const chart = picture(width, height, label);
	const told = new Set<string>();
	for (const share of [0, 1, 0.5]) {
		const y = 6 + (1 - share) * (height - bottom - 6);
		chart.append(svg("line", { class: "grid", x1: left, x2: width, y1: y, y2: y }));
		// Half of one call is none: the number would stand there twice.
		const text = format(share * top);
		if (!told.has(text)) chart.append(svg("text", { class: "tick", x: 0, y: y + 4 }, text));
		told.add(text);
	}
	const [lineWidth, lineHeight] = [width - left - POINT_PX, height - bottom - 6];
	const line = svg("g", { transform: `translate(${left} 6)` });
	line.append(svg("path", { class: "line", d: pathOf(values, lineWidth, lineHeight, 0, top) }));
	line.append(...points(data, lineWidth, lineHeight, top));
	const xOf = (at: number): number => left + (at * (width - left)) / names.length;
	chart.append(line, ...axisNames(names, xOf, height - 6, width));
	return chart;
}

/** To be pointed at: what a line says at a place, and the way to what stands behind it. */
function points(
	{ values, names, format, onTake }: LineChart,
	width: number,
	height: number,
	most: number,
): SVGElement[] {
	const places: number[] = [];
	const marks = values.flatMap((value, at) => {
		if (value === null) return [];
		places.push(at);
		const { x, y } = placeOf(at, value, values.length, width, height, 0, most);
		const text = `${names[at] ?? ""}: ${format(value)}`;
		return [
			svg(
				"circle",
				{ class: "point", cx: x, cy: y, r: POINT_PX, "aria-label": text },
				svg("title", {}, text),
			),
		];
	});
	rove(marks, marks.length, (index) => onTake(places[index] ?? 0));
	return marks;
}

function placeOf(
	at: number,
	value: number,
	count: number,
	width: number,
	height: number,
	margin: number,
	most: number,
): { x: number; y: number } {
	const step = width / Math.max(1, count - 1);
	const y = most === 0 ? height - margin : margin + (1 - value / most) * (height - 2 * margin);
	return { x: round(at * step), y: round(y) };
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

function pathOf(
	values: readonly (number | null)[],
	width: number,
	height: number,
	margin: number,
	most = Math.max(...values.map((value) => value ?? 0), 0),
): string {
	let isDrawing = false;
	const parts: string[] = [];
	for (const [at, value] of values.entries()) {
		if (value === null) {
			isDrawing = false;
			continue;
		}
		const { x, y } = placeOf(at, value, values.length, width, height, margin, most);
		const isLone = !isDrawing && (values[at + 1] ?? null) === null;
		parts.push(
			isLone ? `M${round(x - LONE_PX)} ${y}h${2 * LONE_PX}` : `${isDrawing ? "L" : "M"}${x} ${y}`,
		);
		isDrawing = true;
	}
	return parts.join("");
}
