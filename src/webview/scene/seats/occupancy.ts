const CELL = 80;
const MOST_CROSSINGS = 3;
const NO_BOXES: readonly Box[] = [];

/** Footprint that a node asks for around its centre, world units. */
export interface Footprint {
	readonly halfWidth: number;
	readonly above: number;
	readonly below: number;
}

/** An axis-aligned box around a point that need not be its middle. World units. */
export interface Box extends Footprint {
	readonly x: number;
	readonly y: number;
}

/** A grid of boxes that answers what is free, and what an edge runs through. */
export class Occupancy {
	readonly #cells = new Map<number, Box[]>();

	add(box: Box): void {
		this.#eachCell(box, (cell) => {
			const boxes = this.#cells.get(cell);
			if (boxes === undefined) this.#cells.set(cell, [box]);
			else boxes.push(box);
		});
	}

	/** Whether a box touches no other. */
	isFree(box: Box): boolean {
		const { x, y, halfWidth, above, below } = box;
		const right = Math.floor((x + halfWidth) / CELL);
		const bottom = Math.floor((y + below) / CELL);
		for (let column = Math.floor((x - halfWidth) / CELL); column <= right; column++) {
			for (let row = Math.floor((y - above) / CELL); row <= bottom; row++) {
				for (const other of this.#cells.get(cellOf(column, row)) ?? NO_BOXES) {
					if (touches(box, other)) return false;
				}
			}
		}
		return true;
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
		const own = this.#at(fromX, fromY);
		let last = own;
		// The far end is left out, and so is the box that the edge starts in.
		for (let i = 1; i < steps - 1 && count < MOST_CROSSINGS; i++) {
			const share = i / steps;
			// A quadratic curve leaves the straight line by this much of its control point's distance.
			const aside = 2 * share * (1 - share) * bend;
			const hit = this.#at(fromX + dx * share - dy * aside, fromY + dy * share + dx * aside);
			if (hit !== undefined && hit !== last && hit !== own) count++;
			last = hit;
		}
		return count;
	}

	#at(x: number, y: number): Box | undefined {
		const cell = cellOf(Math.floor(x / CELL), Math.floor(y / CELL));
		for (const box of this.#cells.get(cell) ?? NO_BOXES) {
			const isBeside = Math.abs(x - box.x) >= box.halfWidth;
			if (!isBeside && y > box.y - box.above && y < box.y + box.below) return box;
		}
		return undefined;
	}

	#eachCell({ x, y, halfWidth, above, below }: Box, visit: (cell: number) => void): void {
		const right = Math.floor((x + halfWidth) / CELL);
		const bottom = Math.floor((y + below) / CELL);
		for (let column = Math.floor((x - halfWidth) / CELL); column <= right; column++) {
			for (let row = Math.floor((y - above) / CELL); row <= bottom; row++) {
				visit(cellOf(column, row));
			}
		}
	}
}

function cellOf(column: number, row: number): number {
	return column * 65_536 + row;
}

function touches(a: Box, b: Box): boolean {
	return (
		Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth &&
		a.y - a.above < b.y + b.below &&
		b.y - b.above < a.y + a.below
	);
}
