import { rove } from "./roving.ts";
import { familyOfShare } from "./shares.ts";
import { picture, svg } from "./svg.ts";

const ROW = 46;
const BOX = 26;
const MARGIN = 10;
/** Width of a line for one occurrence, and at most. */
const THINNEST = 1;
const THICKEST = 9;

/** Functions that are called one after the other, with how often and how well that goes. */
interface FlowPath {
	readonly functionIds: readonly string[];
	readonly occurrences: number;
	/** 0 to 1; null where no end is known */
	readonly successRate: number | null;
	/** Whether it begins anew where it ends. */
	readonly isLoop: boolean;
}

interface Place {
	readonly column: number;
	readonly row: number;
}

interface Step {
	readonly from: string;
	readonly to: string;
	occurrences: number;
	succeeded: number;
	known: number;
	/** The most frequent path that has it. */
	readonly path: number;
}

interface FlowHost {
	/** A function was chosen. */
	onFunction(functionId: string): void;
	/** A step was: the most frequent path that has it, by its place. */
	onPath(index: number): void;
}

/** Paths as a picture: each function once, and a line for each step, as thick as it is frequent. */
export function flowPicture(
	paths: readonly FlowPath[],
	label: string,
	nameOf: (functionId: string) => string,
	width: number,
	host: FlowHost,
): SVGSVGElement {
	const places = placesOf(paths);
	const columns = Math.max(1, ...[...places.values()].map(({ column }) => column + 1));
	const rows = Math.max(1, ...[...places.values()].map(({ row }) => row + 1));
	const step = (width - 2 * MARGIN) / columns;
	const boxWidth = Math.min(170, step * 0.72);
	const at = (id: string): { x: number; y: number } => {
		const { column, row } = places.get(id) ?? { column: 0, row: 0 };
		return { x: MARGIN + column * step, y: MARGIN + row * ROW };
	};
	const chart = picture(width, rows * ROW + 2 * MARGIN, label);
	const steps = stepsOf(paths);
	const most = Math.max(1, ...steps.map(({ occurrences }) => occurrences));
	const lines = steps.map((one) => lineOf(one, at(one.from), at(one.to), boxWidth, most, nameOf));
	const nodes = [...places.keys()].map((id) => {
		const { x, y } = at(id);
		const name = nameOf(id);
		const room = Math.max(4, Math.floor(boxWidth / 7) - 1);
		return svg(
			"g",
			{ class: "flow-node", "aria-label": name },
			svg("title", {}, name),
			svg("rect", { x, y, width: boxWidth, height: BOX, rx: 6 }),
			svg(
				"text",
				{ x: x + 8, y: y + 17 },
				name.length > room ? `${name.slice(0, room - 1)}…` : name,
			),
		);
	});
	chart.append(...lines, ...nodes);
	const ids = [...places.keys()];
	rove(lines, lines.length, (index) => host.onPath(steps[index]?.path ?? 0));
	rove(nodes, nodes.length, (index) => host.onFunction(ids[index] ?? ""));
	return chart;
}

/** Right of what it was first seen to follow, below those that came before it. */
function placesOf(paths: readonly FlowPath[]): Map<string, Place> {
	const columns = new Map<string, number>();
	for (const { functionIds } of paths) {
		let next = 0;
		for (const id of functionIds) {
			const column = columns.get(id) ?? next;
			columns.set(id, column);
			next = column + 1;
		}
	}
	const filled = new Map<number, number>();
	return new Map(
		[...columns].map(([id, column]) => {
			const row = filled.get(column) ?? 0;
			filled.set(column, row + 1);
			return [id, { column, row }];
		}),
	);
}

function stepsOf(paths: readonly FlowPath[]): Step[] {
	const steps = new Map<string, Step>();
	const byFrequency = [...paths.entries()].sort(([, a], [, b]) => b.occurrences - a.occurrences);
	for (const [path, { functionIds, occurrences, successRate, isLoop }] of byFrequency) {
		const ends = isLoop ? [...functionIds, functionIds[0] ?? ""] : functionIds;
		for (const [at, to] of ends.slice(1).entries()) {
			const from = ends[at] ?? "";
			const key = JSON.stringify([from, to]);
			const step = steps.get(key) ?? { from, to, occurrences: 0, succeeded: 0, known: 0, path };
			step.occurrences += occurrences;
			if (successRate !== null) {
				step.known += occurrences;
				step.succeeded += successRate * occurrences;
			}
			steps.set(key, step);
		}
	}
	return [...steps.values()];
}

function lineOf(
	{ from, to, occurrences, succeeded, known }: Step,
	start: { x: number; y: number },
	end: { x: number; y: number },
	boxWidth: number,
	most: number,
	nameOf: (functionId: string) => string,
): SVGElement {
	const share = known === 0 ? null : succeeded / known;
	const thickness = THINNEST + (THICKEST - THINNEST) * Math.sqrt(occurrences / most);
	const result = share === null ? "" : `, ${Math.round(share * 100)} % succeed`;
	const title = `${nameOf(from)} → ${nameOf(to)}: ${occurrences.toLocaleString("en-US")} times${result}`;
	return svg(
		"path",
		{
			class: `flow-line ${familyOfShare(share)}`,
			"aria-label": title,
			d: curve(start, end, boxWidth),
			"stroke-width": thickness,
		},
		svg("title", {}, title),
	);
}

/** Forward from side to side; back below both. */
function curve(
	start: { x: number; y: number },
	end: { x: number; y: number },
	boxWidth: number,
): string {
	const middle = BOX / 2;
	if (end.x > start.x) {
		const [x1, x2] = [start.x + boxWidth, end.x];
		const bend = (x2 - x1) / 2;
		return `M${x1} ${start.y + middle}C${x1 + bend} ${start.y + middle} ${x2 - bend} ${end.y + middle} ${x2} ${end.y + middle}`;
	}
	const [x1, x2] = [start.x + boxWidth * 0.8, end.x + boxWidth * 0.2];
	const below = Math.max(start.y, end.y) + BOX + 15;
	return `M${x1} ${start.y + BOX}C${x1} ${below} ${x2} ${below} ${x2} ${end.y + BOX}`;
}
