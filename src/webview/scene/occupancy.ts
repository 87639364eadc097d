const CELL = 80;
const MOST_CROSSINGS = 3;

/** An axis-aligned box around a point that need not be its middle. World units. */
interface Box {
	readonly x: number;
	readonly y: number;
	readonly halfWidth: number;
	readonly above: number;
	readonly below: number;
}

/** A grid of boxes that answers how much of a place is taken. */
export class Occupancy {
	readonly #cells = new Map<number, Box[]>();

	add(box: Box): void {
		this.#eachCell(box, (cell) => {
			const boxes = this.#cells.get(cell);
			if (boxes === undefined) this.#cells.set(cell, [box]);
			else boxes.push(box);
		});
	}

	/** Overlapped area in units of the box's own area; a box across cells may count more than once. */
	overlap(box: Box): number {
		let area = 0;
		this.#eachCell(box, (cell) => {
			for (const other of this.#cells.get(cell) ?? []) area += sharedArea(box, other);
		});
		return area / (2 * box.halfWidth * (box.above + box.below));
	}

	/**
	 * Number of boxes that an edge between two points runs through, sampled every few px; counts to
	 * three, as in a crowd no edge is free of them and a longer count tells nothing.
	 */
	crossings(fromX: number, fromY: number, toX: number, toY: number, bend: number): number {
		const dx = toX - fromX;
		const dy = toY - fromY;
		const steps = Math.max(2, Math.ceil(Math.hypot(dx, dy) / 20));
		let count = 0;
		let last: Box | undefined;
		// Both ends are left out: they lie in the boxes of the two nodes that the line joins.
		for (let i = 2; i < steps - 1 && count < MOST_CROSSINGS; i++) {
			const share = i / steps;
			// A quadratic curve leaves the straight line by this much of its control point's distance.
			const aside = 2 * share * (1 - share) * bend;
			const hit = this.#at(fromX + dx * share - dy * aside, fromY + dy * share + dx * aside);
			if (hit !== undefined && hit !== last) count++;
			last = hit;
		}
		return count;
	}

	#at(x: number, y: number): Box | undefined {
		const boxes = this.#cells.get(cellOf(Math.floor(x / CELL), Math.floor(y / CELL)));
		return boxes?.find(
			(box) =>
				Math.abs(x - box.x) < box.halfWidth && y > box.y - box.above && y < box.y + box.below,
		);
	}

	#eachCell(box: Box, visit: (cell: number) => void): void {
		const right = Math.floor((box.x + box.halfWidth) / CELL);
		const bottom = Math.floor((box.y + box.below) / CELL);
		for (let column = Math.floor((box.x - box.halfWidth) / CELL); column <= right; column++) {
			for (let row = Math.floor((box.y - box.above) / CELL); row <= bottom; row++) {
				visit(cellOf(column, row));
			}
		}
	}
}

function cellOf(column: number, row: number): number {
	return column * 65_536 + row;
}

function sharedArea(a: Box, b: Box): number {
	const width = a.halfWidth + b.halfWidth - Math.abs(a.x - b.x);
	const height = Math.min(a.y + a.below, b.y + b.below) - Math.max(a.y - a.above, b.y - b.above);
	return width > 0 && height > 0 ? width * height : 0;
}
