const CELL = 80;
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

/** From a point to another, `dx` and `dy` away; `bend` is a share of that distance. World units. */
interface Edge {
	readonly fromX: number;
	readonly fromY: number;
	readonly dx: number;
	readonly dy: number;
	readonly bend: number;
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

	/** Whether a box, moved by so much, touches no other. Asked most of all, so it makes no objects. */
	isFree(box: Box, dx: number, dy: number): boolean {
		const { halfWidth, above, below } = box;
		const x = box.x + dx;
		const y = box.y + dy;
		const right = Math.floor((x + halfWidth) / CELL);
		const bottom = Math.floor((y + below) / CELL);
		for (let column = Math.floor((x - halfWidth) / CELL); column <= right; column++) {
			for (let row = Math.floor((y - above) / CELL); row <= bottom; row++) {
				for (const other of this.#cells.get(cellOf(column, row)) ?? NO_BOXES) {
					const isBeside = Math.abs(x - other.x) >= halfWidth + other.halfWidth;
					const isAside = y - above >= other.y + other.below || other.y - other.above >= y + below;
					if (!isBeside && !isAside) return false;
				}
			}
		}
		return true;
	}

	/**
	 * Number of boxes that an edge between two points runs through, sampled every few px; counts no
	 * further than `most`.
	 */
	crossings({ fromX, fromY, dx, dy, bend }: Edge, most: number): number {
		const steps = Math.max(2, Math.ceil(Math.hypot(dx, dy) / 20));
		let count = 0;
		const own = this.#at(fromX, fromY);
		let last = own;
		// The far end is left out, and so is the box that the edge starts in. From there inwards: whoever
		// comes late stands at the rim of a crowd, and has most of it in its way.
		for (let i = steps - 2; i > 0 && count < most; i--) {
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
