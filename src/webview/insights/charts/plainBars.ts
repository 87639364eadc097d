import { picture, svg } from "./svg.ts";

const WIDTH = 420;
const HEIGHT = 110;
const BOTTOM = 18;

/** Few bars side by side, such as a histogram. */
export function plainBars(
	bars: readonly { readonly name: string; readonly value: number }[],
	label: string,
): SVGSVGElement {
	const chart = picture(WIDTH, HEIGHT, label);
	chart.setAttribute("role", "img");
	const most = Math.max(...bars.map(({ value }) => value), 1);
	const step = WIDTH / Math.max(1, bars.length);
	const every = Math.ceil(bars.length / 6);
	for (const [at, { name, value }] of bars.entries()) {
		const height = (value / most) * (HEIGHT - BOTTOM);
		const place = { x: at * step + 1, y: HEIGHT - BOTTOM - height, width: step - 2, height };
		const title = svg("title", {}, `up to ${name}: ${value.toLocaleString("en-US")}`);
		chart.append(svg("rect", { class: "plain", ...place, rx: 1 }, title));
		if (at % every === 0) {
			chart.append(svg("text", { class: "tick", x: at * step, y: HEIGHT - 4 }, name));
		}
	}
	return chart;
}
