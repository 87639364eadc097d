import { rove } from "./roving.ts";
import { picture, svg } from "./svg.ts";

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LEFT = 40;
/** Shades besides that of nothing at all; style sheets know them by number. */
const SHADES = 6;

/** "Mon 09:00". @param hour of the week, 0 to 167 */
export function weekHourName(hour: number): string {
	return `${DAYS[Math.floor(hour / 24)] ?? ""} ${String(hour % 24).padStart(2, "0")}:00`;
}

/** Hours of the week. @param values 168, from Monday midnight on @param width CSS px */
export function heatGrid(
	values: readonly number[],
	label: string,
	format: (value: number) => string,
	onTake: (hour: number) => void,
	width: number,
): SVGSVGElement {
	const cell = Math.max(10, Math.min(30, (width - LEFT) / 24));
	const every = cell < 20 ? 6 : 3;
	const most = Math.max(...values, 0);
	const chart = picture(width, 7 * cell + 20, label);
	const cells = values.map((value, hour) => {
		const shade = value === 0 || most === 0 ? 0 : Math.ceil(Math.sqrt(value / most) * SHADES);
		const text = `${weekHourName(hour)}: ${format(value)}`;
		const place = { x: LEFT + (hour % 24) * cell, y: Math.floor(hour / 24) * cell };
		return svg(
			"rect",
			{
				class: `heat heat-${shade}`,
				...place,
				width: cell - 2,
				height: cell - 2,
				rx: 3,
				"aria-label": text,
			},
			svg("title", {}, text),
		);
	});
	chart.append(
		...cells,
		...DAYS.map((day, row) =>
			svg("text", { class: "tick", x: 0, y: row * cell + cell / 2 + 3 }, day),
		),
		...Array.from({ length: 24 / every }, (_, at) => at * every).map((hour) =>
			svg("text", { class: "tick", x: LEFT + hour * cell, y: 7 * cell + 14 }, `${hour}:00`),
		),
	);
	rove(cells, 24, onTake);
	return chart;
}
