import { escapeHtml } from "./escape.ts";

const WIDTH = 640;
const HEIGHT = 160;
const AXIS = 18;
const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const CELL = 22;
/** Steps of colour of a heat map, beside nothing at all. */
const STEPS = 5;

/** Bars over time as SVG; each tells its value to whoever rests on it. */
export function barChart(
	bars: readonly { readonly name: string; readonly value: number }[],
	format: (value: number) => string,
): string {
	const most = Math.max(0, ...bars.map(({ value }) => value));
	const step = WIDTH / Math.max(1, bars.length);
	const drawn = bars.map(({ name, value }, at) => {
		const height = most === 0 ? 0 : (value / most) * (HEIGHT - AXIS);
		const title = `<title>${escapeHtml(`${name}: ${format(value)}`)}</title>`;
		const box = rect(at * step + step * 0.1, HEIGHT - AXIS - height, step * 0.8, height);
		return `<g>${title}${rect(at * step, 0, step, HEIGHT - AXIS, "hit")}${box}</g>`;
	});
	const ends = [bars[0], bars.at(-1)].map((bar) => escapeHtml(bar?.name ?? ""));
	return `<svg class="chart" viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escapeHtml(`At most ${format(most)}`)}">${drawn.join("")}
<line x1="0" x2="${WIDTH}" y1="${HEIGHT - AXIS}" y2="${HEIGHT - AXIS}"/>
<text x="0" y="${HEIGHT - 4}">${ends[0]}</text><text class="end" x="${WIDTH}" y="${HEIGHT - 4}">${ends[1]}</text>
<text class="end" x="${WIDTH}" y="11">${escapeHtml(format(most))}</text></svg>`;
}

/** Hours of the week as SVG. @param values 168, from Monday midnight on */
export function heatMap(values: readonly number[]): string {
	const most = Math.max(0, ...values);
	const cells = values.map((value, at) => {
		const [day, hour] = [Math.floor(at / 24), at % 24];
		const level = most === 0 || value === 0 ? 0 : Math.ceil((value / most) * STEPS);
		const name = `${DAYS[day] ?? ""} ${String(hour).padStart(2, "0")}:00`;
		const title = `<title>${name}: ${value.toLocaleString("en-US")}</title>`;
		return `<g>${title}${rect(36 + hour * CELL, day * CELL, CELL - 2, CELL - 2, `heat${level}`)}</g>`;
	});
	const days = DAYS.map((name, day) => `<text x="0" y="${day * CELL + 15}">${name}</text>`);
	const hours = [0, 6, 12, 18].map(
		(hour) => `<text x="${36 + hour * CELL}" y="${7 * CELL + 13}">${hour}:00</text>`,
	);
	return `<svg class="chart" viewBox="0 0 ${36 + 24 * CELL} ${7 * CELL + AXIS}" role="img" aria-label="Hours of the week">${cells.join("")}${days.join("")}${hours.join("")}</svg>`;
}

function rect(x: number, y: number, width: number, height: number, name = "mark"): string {
	const at = [x, y, width, height].map((value) => Math.round(value * 100) / 100);
	return `<rect class="${name}" x="${at[0]}" y="${at[1]}" width="${at[2]}" height="${at[3]}" rx="2"/>`;
}
