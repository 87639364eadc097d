import { scaleLinear } from "d3-scale";
import { rove } from "./roving.ts";
import { axisNames, picture, svg } from "./svg.ts";

const HEIGHT = 220;
const LEFT = 52;
const BOTTOM = 22;
const TOP = 8;

interface StackedBars {
	/** Below the bars, one each. */
	readonly names: readonly string[];
	/** Parts of each bar from below, with a class that colours them. */
	readonly parts: readonly {
		readonly name: string;
		readonly class: string;
		readonly values: readonly number[];
	}[];
	readonly label: string;
	readonly format: (value: number) => string;
	/** A line across, such as a budget; null for none. */
	readonly limit: { readonly value: number; readonly text: string } | null;
	readonly onTake: (index: number) => void;
}

/** Bars over time, each of parts. @param width CSS px */
export function stackedBars(data: StackedBars, width: number): SVGSVGElement {
	const totals = data.names.map((_, at) =>
		data.parts.reduce((sum, { values }) => sum + (values[at] ?? 0), 0),
	);
	const most = Math.max(...totals, data.limit?.value ?? 0, Number.MIN_VALUE);
	const y = scaleLinear([0, most], [HEIGHT - BOTTOM, TOP]).nice(4);
	const step = (width - LEFT) / Math.max(1, data.names.length);
	const chart = picture(width, HEIGHT, data.label);
	for (const tick of y.ticks(4)) {
		chart.append(
			svg("line", { class: "grid", x1: LEFT, x2: width, y1: y(tick), y2: y(tick) }),
			svg("text", { class: "tick", x: 0, y: y(tick) + 4 }, data.format(tick)),
		);
	}
	const bars = data.names.map((name, at) =>
		barOf(data, { at, name, total: totals[at] ?? 0, y, step }),
	);
	const names = axisNames(data.names, (at) => LEFT + at * step, HEIGHT - 6, width);
	chart.append(...bars, ...names);
	if (data.limit !== null) {
		const at = y(data.limit.value);
		chart.append(
			svg("line", { class: "limit", x1: LEFT, x2: width, y1: at, y2: at }),
			svg("text", { class: "limit-text", x: width, y: limitTextAt(at) }, data.limit.text),
		);
	}
	rove(bars, bars.length, data.onTake);
	return chart;
}

/** Above its line, below it where there is no room. @param at y of the line */
function limitTextAt(at: number): number {
	return at < TOP + 12 ? at + 14 : at - 5;
}

interface Place {
	readonly at: number;
	readonly name: string;
	readonly total: number;
	readonly y: (value: number) => number;
	readonly step: number;
}

function barOf(data: StackedBars, { at, name, total, y, step }: Place): SVGGElement {
	const x = LEFT + at * step + step * 0.1;
	const text = `${name}: ${data.format(total)}`;
	const bar = svg("g", { class: "bar", "aria-label": text });
	bar.append(
		svg("title", {}, [text, ...lines(data, at)].join("\n")),
		svg("rect", {
			class: "hit",
			x: LEFT + at * step,
			y: TOP,
			width: step,
			height: HEIGHT - BOTTOM - TOP,
		}),
	);
	let below = 0;
	for (const part of data.parts) {
		const value = part.values[at] ?? 0;
		if (value <= 0) continue;
		const [from, to] = [y(below + value), y(below)];
		bar.append(
			svg("rect", {
				class: part.class,
				x,
				y: from,
				width: step * 0.8,
				height: Math.max(0.5, to - from - 1),
				rx: 2,
			}),
		);
		below += value;
	}
	return bar;
}

function lines({ parts, format }: StackedBars, at: number): string[] {
	return parts
		.filter(({ values }) => (values[at] ?? 0) > 0)
		.map(({ name, values }) => `${name} ${format(values[at] ?? 0)}`);
}
