import { picture, svg } from "./svg.ts";

const WIDTH = 80;
const HEIGHT = 18;
/** Room that a name below a line takes. */
const NAME_PX = 64;
/** How far a value without neighbours reaches to each side, px. */
const LONE_PX = 3;

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

/** A line over time with its scale. @param width CSS px @param most top of the scale; null for that of the values */
export function lineChart(
	values: readonly (number | null)[],
	names: readonly string[],
	label: string,
	format: (value: number) => string,
	width: number,
	most: number | null = null,
): SVGSVGElement {
	const [height, left, bottom] = [140, 52, 22];
	const top = most ?? Math.max(...values.map((value) => value ?? 0), 0);
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
	const line = svg("g", { transform: `translate(${left} 6)` });
	line.append(
		svg("path", { class: "line", d: pathOf(values, width - left, height - bottom - 6, 0, top) }),
	);
	const every = Math.ceil((names.length * NAME_PX) / (width - left));
	chart.append(
		line,
		...names.flatMap((name, at) =>
			at % every === 0
				? [
						svg(
							"text",
							{ class: "tick", x: left + (at * (width - left)) / names.length, y: height - 6 },
							name,
						),
					]
				: [],
		),
	);
	return chart;
}

function pathOf(
	values: readonly (number | null)[],
	width: number,
	height: number,
	margin: number,
	most = Math.max(...values.map((value) => value ?? 0), 0),
): string {
	const step = width / Math.max(1, values.length - 1);
	const round = (value: number): number => Math.round(value * 10) / 10;
	let isDrawing = false;
	const parts: string[] = [];
	for (const [at, value] of values.entries()) {
		if (value === null) {
			isDrawing = false;
			continue;
		}
		const y = most === 0 ? height - margin : margin + (1 - value / most) * (height - 2 * margin);
		const [x, isLone] = [at * step, !isDrawing && (values[at + 1] ?? null) === null];
		parts.push(
			isLone
				? `M${round(x - LONE_PX)} ${round(y)}h${2 * LONE_PX}`
				: `${isDrawing ? "L" : "M"}${round(x)} ${round(y)}`,
		);
		isDrawing = true;
	}
	return parts.join("");
}
