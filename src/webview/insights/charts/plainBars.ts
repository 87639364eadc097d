import { rove } from "./roving.ts";
import { picture, svg } from "./svg.ts";

const HEIGHT = 140;
const BOTTOM = 18;

/** Few bars side by side, such as a histogram. @param width CSS px */
export function plainBars(
	bars: readonly { readonly name: string; readonly value: number }[],
	label: string,
	width: number,
	onTake: (index: number) => void,
): SVGSVGElement {
	const chart = picture(width, HEIGHT, label);
	const most = Math.max(...bars.map(({ value }) => value), 1);
	const step = width / Math.max(1, bars.length);
	const every = Math.ceil(bars.length / 6);
	const marks = bars.map(({ name, value }, at) => {
		const height = (value / most) * (HEIGHT - BOTTOM);
		const place = { x: at * step + 1, y: HEIGHT - BOTTOM - height, width: step - 2, height };
		const whole = { x: at * step, y: 0, width: step, height: HEIGHT - BOTTOM };
		const text = `up to ${name}: ${value.toLocaleString("en-US")}`;
		const mark = svg("g", { class: "bar", "aria-label": text }, svg("title", {}, text));
		mark.append(
			svg("rect", { class: "hit", ...whole }),
			svg("rect", { class: "plain", ...place, rx: 1 }),
		);
		return mark;
	});
	const names = bars.flatMap(({ name }, at) =>
		at % every === 0 ? [svg("text", { class: "tick", x: at * step, y: HEIGHT - 4 }, name)] : [],
	);
	chart.append(...marks, ...names);
	rove(marks, marks.length, onTake);
	return chart;
}
