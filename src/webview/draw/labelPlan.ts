/** What the plan needs to know of a node; px on the screen. */
export interface LabelWish {
	readonly x: number;
	readonly y: number;
	/** Of everything that is drawn around the node's centre. */
	readonly radius: number;
	readonly titleWidth: number;
	/** Of the chip above the node; 0 where it wears none. */
	readonly chipWidth: number;
	/** 0 where there is no second line. */
	readonly subtitleWidth: number;
	/** Higher is granted first. From {@link ALWAYS} on the label is shown whatever it covers. */
	readonly priority: number;
}

export const ALWAYS = 80;
export const TITLE_HEIGHT = 16;
export const SUBTITLE_HEIGHT = 14;
/** Between the disc and its label. */
export const LABEL_GAP = 5;

/** Height above the disc up to which a chip reaches. */
const CHIP_REACH = 34;

const CELL = 48;

/** Boxes on a grid, reused from plan to plan so that planning allocates next to nothing. */
class BoxGrid {
	#cells = new Map<number, number[]>();
	#boxes: number[] = [];

	clear(): void {
		for (const cell of this.#cells.values()) cell.length = 0;
		if (this.#cells.size > 4000) this.#cells = new Map();
		this.#boxes = [];
	}

	/** `owner`'s own label may touch the box. */
	add(left: number, top: number, right: number, bottom: number, owner: number): void {
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

	isFree(left: number, top: number, right: number, bottom: number, owner: number): boolean {
		for (let column = Math.floor(left / CELL); column <= Math.floor(right / CELL); column++) {
			for (let row = Math.floor(top / CELL); row <= Math.floor(bottom / CELL); row++) {
				for (const index of this.#cells.get(column * 65_536 + row) ?? NO_BOXES) {
					if (this.#touches(index, left, top, right, bottom, owner)) return false;
				}
			}
		}
		return true;
	}

	#touches(
		index: number,
		left: number,
		top: number,
		right: number,
		bottom: number,
		owner: number,
	): boolean {
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

const NO_BOXES: readonly number[] = [];

/** Grants lines of text so that none covers another node or another line. */
export class LabelPlan {
	readonly #grid = new BoxGrid();

	/** Lines granted to each wish, in the order of the wishes: 0, 1 or 2. */
	plan(wishes: readonly LabelWish[]): (0 | 1 | 2)[] {
		const grid = this.#grid;
		grid.clear();
		wishes.forEach((wish, index) => {
			const { x, y, radius } = wish;
			grid.add(x - radius, y - radius, x + radius, y + radius, index);
			const half = wish.chipWidth / 2;
			const chipTop = y - radius - CHIP_REACH;
			if (half > 0) grid.add(x - half, chipTop, x + half, y - radius, index);
		});
		const order = wishes.map((_, index) => index);
		order.sort((a, b) => (wishes[b]?.priority ?? 0) - (wishes[a]?.priority ?? 0));
		const lines = wishes.map((): 0 | 1 | 2 => 0);
		for (const index of order) lines[index] = this.#grantTitle(wishes[index], index);
		for (const index of order) {
			const wish = wishes[index];
			if (wish === undefined || lines[index] === 0 || wish.subtitleWidth === 0) continue;
			if (this.#grantSubtitle(wish, index)) lines[index] = 2;
		}
		return lines;
	}

	#grantTitle(wish: LabelWish | undefined, index: number): 0 | 1 {
		if (wish === undefined) return 0;
		const top = wish.y + wish.radius + LABEL_GAP - 2;
		return this.#grant(wish, index, wish.titleWidth, top, TITLE_HEIGHT) ? 1 : 0;
	}

	#grantSubtitle(wish: LabelWish, index: number): boolean {
		const top = wish.y + wish.radius + LABEL_GAP - 2 + TITLE_HEIGHT;
		return this.#grant(wish, index, wish.subtitleWidth, top, SUBTITLE_HEIGHT);
	}

	#grant(wish: LabelWish, index: number, width: number, top: number, height: number): boolean {
		const left = wish.x - width / 2 - 3;
		const right = wish.x + width / 2 + 3;
		const isFree = this.#grid.isFree(left, top, right, top + height, index);
		if (!isFree && wish.priority < ALWAYS) return false;
		this.#grid.add(left, top, right, top + height, index);
		return true;
	}
}
