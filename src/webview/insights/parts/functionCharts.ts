import type { CallFigures } from "../../../insights/functionFigures.ts";
import type { OpenedFunction } from "../../../insights/insights.ts";
import { formatDuration, UNKNOWN } from "../../../model/views/format.ts";
import { ChartFrame, type SaveChart } from "../charts/chartFrame.ts";
import { lineChart } from "../charts/lineChart.ts";
import { plainBars } from "../charts/plainBars.ts";

export interface ChartHost {
	save: SaveChart;
	/** Narrows the page to a part of its period. */
	onPart(name: string): void;
}

/** Calls by how long they took. @param onTake a bar was chosen: its number, and what calls in it have in common */
export function durationChart(
	{ functionId, durations }: OpenedFunction,
	{ p50Ms, p95Ms, p99Ms }: CallFigures,
	{ save }: ChartHost,
	onTake: (bar: number, text: string) => void,
): HTMLElement {
	const frame = new ChartFrame("Durations", save, functionId);
	const bars = durations.map(({ untilMs, calls }) => ({
		name: formatDuration(untilMs),
		value: calls,
	}));
	const draw = (width: number) =>
		plainBars(bars, "Calls by duration", width, (index) => {
			const [before, own] = [bars[index - 1]?.name ?? "0", bars[index]?.name ?? ""];
			onTake(durations[index]?.bar ?? 0, `that took ${before} to ${own}`);
		});
	frame.show(
		bars.length === 0 ? null : draw,
		{ head: ["up to, ms", "calls"], rows: durations.map((each) => [each.untilMs, each.calls]) },
		`p50 ${ms(p50Ms)}, p95 ${ms(p95Ms)}, p99 ${ms(p99Ms)}`,
		"No duration is known.",
	);
	return frame.root;
}

interface DayChart {
	readonly title: string;
	of(figures: CallFigures | null): number | null;
	format(value: number): string;
}

/** A line over days; a point narrows the page to its own. */
export function dayChart(
	{ functionId, over }: OpenedFunction,
	{ save, onPart }: ChartHost,
	{ title, of, format }: DayChart,
): HTMLElement {
	const frame = new ChartFrame(title, save, functionId);
	const values = over.map(({ figures }) => of(figures));
	const names = over.map(({ name }) => name.slice(5));
	const onTake = (index: number): void => onPart(over[index]?.name ?? "");
	frame.show(
		(width) => lineChart({ values, names, label: title, format, width, onTake }),
		{ head: ["day", title], rows: over.map(({ name }, at) => [name, values[at] ?? null]) },
		"a point opens its day",
		"",
	);
	return frame.root;
}

export function ms(value: number | null): string {
	return value === null ? UNKNOWN : formatDuration(value);
}
