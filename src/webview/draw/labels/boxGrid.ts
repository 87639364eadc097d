/** A box on the screen, px. */
export interface ScreenBox {
	readonly left: number;
	readonly top: number;
	readonly right: number;
	readonly bottom: number;
}

const CELL = 48;
const NO_BOXES: readonly number[] = [];
/** Owner of a box that nobody may touch. */
const NOBODY = -1;

/** Boxes on a grid, reused from plan to plan so that planning allocates next to nothing. */
export class BoxGrid {
	#cells = new Map<number, number[]>();
	#boxes: number[] = [];

	clear(): void {
		for (const cell of this.#cells.values()) cell.length = 0;
		if (this.#cells.size > 4000) this.#cells = new Map();
		this.#boxes = [];
	}

	/** @param owner number of whoever may touch the box all the same */
	add({ left, top, right, bottom }: ScreenBox, owner = NOBODY): void {
		const index = this.#boxes.length;
		this.#boxes.push(left, top, right, bottom, owner);
		for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
			for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) {
				const key = column * 65_536 + row;
				const cell = this.#cells.get(key);
				if (cell === undefined) this.#cells.set(key, [index]);
				else cell.push(index);
			}
		}
	}

	/** Whether a box touches no other, but for those of an owner. */
	isFree(box: ScreenBox, owner = Number.NaN): boolean {
		const { left, top, right, bottom } = box;
		for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
			for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) {
				for (const index of this.#cells.get(column * 65_536 + row) ?? NO_BOXES) {
					if (this.#touches(index, box, owner)) return false;
				}
			}
		}
		return true;
	}

	/** Owner of a box at a point; -1 where there is none. */
	at(x: number, y: number): number {
		const boxes = this.#boxes;
		const key = Math.floor(x / CELL) * 65_536 + Math.floor(y / CELL);
		for (const index of this.#cells.get(key) ?? NO_BOXES) {
			const isOn =
				x > (boxes[index] as number) &&
				x < (boxes[index + 2] as number) &&
				y > (boxes[index + 1] as number) &&
				y < (boxes[index + 3] as number);
			if (isOn) return boxes[index + 4] as number;
		}
		return NOBODY;
	}

	#touches(index: number, { left, top, right, bottom }: ScreenBox, owner: number): boolean {
		const boxes = this.#boxes;
		return (
			boxes[index + 4] !== owner &&
			left < (boxes[index + 2] as number) &&
			right > (boxes[index] as number) &&
			top < (boxes[index + 3] as number) &&
			bottom > (boxes[index + 1] as number)
		);
	}
}

export function isWithin(inner: ScreenBox, outer: ScreenBox): boolean {
	return (
		inner.left >= outer.left &&
		inner.right <= outer.right &&
		inner.top >= outer.top &&
		inner.bottom <= outer.bottom
	);
}
