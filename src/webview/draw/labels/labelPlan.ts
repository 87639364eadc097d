import { BoxGrid, isWithin, type ScreenBox } from "./boxGrid.ts";
import { type ChipSpot, type ChipWish, placeChips } from "./chipPlan.ts";

/** What the plan needs to know of a node; px on the screen. */
export interface LabelWish {
	readonly x: number;
	readonly y: number;
	/** Of everything that is drawn around the node's centre. */
	readonly radius: number;
	/** 0 where no line is asked for. */
	readonly titleWidth: number;
	/** The chip that the node wears; null where it wears none. */
	readonly chip: Pick<ChipWish, "width" | "isWait" | "slot"> | null;
	/** 0 where there is no second line. */
	readonly subtitleWidth: number;
	/** Higher is granted first. From {@link ALWAYS} on the label is shown whatever it covers. */
	readonly priority: number;
}

/** What is shown beside the discs. */
interface Granted {
	/** Lines of each wish, in the order of the wishes: 0, 1 or 2. */
	readonly lines: readonly (0 | 1 | 2)[];
	/** Chips; their members are indices of wishes. */
	readonly chips: readonly ChipSpot[];
}

export const ALWAYS = 80;
/** From here on its second line is too. */
export const ALWAYS_WHOLE = 90;
export const TITLE_HEIGHT = 16;
export const SUBTITLE_HEIGHT = 14;
/** Between the disc and its label. */
export const LABEL_GAP = 5;

/** Grants lines of text and chips so that none covers a node, a line or a chip. */
export class LabelPlan {
	readonly #grid = new BoxGrid();

	/** What the last plan has taken; others that come after it keep clear of that. */
	get grid(): BoxGrid {
		return this.#grid;
	}

	/**
	 * @param frame the part of the picture that nothing lies over
	 * @param sharedChip width of a chip that says how many wait
	 */
	plan(wishes: readonly LabelWish[], frame: ScreenBox, sharedChip: number): Granted {
		const grid = this.#grid;
		grid.clear();
		wishes.forEach(({ x, y, radius }, index) => {
			const box = { left: x - radius, top: y - radius, right: x + radius, bottom: y + radius };
			grid.add(box, index);
		});
		const order = [...wishes.keys()].filter((index) => (wishes[index]?.titleWidth ?? 0) > 0);
		order.sort((a, b) => (wishes[b]?.priority ?? 0) - (wishes[a]?.priority ?? 0));
		const lines = wishes.map((): 0 | 1 | 2 => 0);
		const isFixed = (index: number): boolean => (wishes[index]?.priority ?? 0) >= ALWAYS;
		// What has to be there first, then what the user has to act on, then what there is room for.
		for (const index of order.filter(isFixed)) this.#grant(wishes, lines, index, frame);
		const chips = this.#placeChips(wishes, frame, sharedChip);
		const others = order.filter((index) => !isFixed(index));
		for (const index of others) this.#grantTitle(wishes, lines, index, frame);
		for (const index of others) this.#grantSubtitle(wishes, lines, index, frame);
		return { lines, chips };
	}

	#placeChips(wishes: readonly LabelWish[], frame: ScreenBox, sharedChip: number): ChipSpot[] {
		const wearers: number[] = [];
		const chipWishes: ChipWish[] = [];
		wishes.forEach(({ x, y, radius, chip, subtitleWidth }, index) => {
			if (chip === null) return;
			wearers.push(index);
			const labelHeight = TITLE_HEIGHT + (subtitleWidth > 0 ? SUBTITLE_HEIGHT : 0);
			chipWishes.push({ x, y, radius, labelHeight, ...chip });
		});
		const spots = placeChips(chipWishes, this.#grid, frame, sharedChip);
		return spots.map((spot) => ({
			...spot,
			members: spot.members.map((member) => wearers[member] ?? -1),
		}));
	}

	#grant(
		wishes: readonly LabelWish[],
		lines: (0 | 1 | 2)[],
		index: number,
		frame: ScreenBox,
	): void {
		this.#grantTitle(wishes, lines, index, frame);
		this.#grantSubtitle(wishes, lines, index, frame);
	}

	#grantTitle(
		wishes: readonly LabelWish[],
		lines: (0 | 1 | 2)[],
		index: number,
		frame: ScreenBox,
	): void {
		const wish = wishes[index];
		if (wish === undefined) return;
		const top = wish.y + wish.radius + LABEL_GAP - 2;
		if (this.#take(wish, index, wish.titleWidth, top, TITLE_HEIGHT, frame)) lines[index] = 1;
	}

	#grantSubtitle(
		wishes: readonly LabelWish[],
		lines: (0 | 1 | 2)[],
		index: number,
		frame: ScreenBox,
	): void {
		const wish = wishes[index];
		if (wish === undefined || lines[index] === 0 || wish.subtitleWidth === 0) return;
		const top = wish.y + wish.radius + LABEL_GAP - 2;
		const width = Math.max(wish.titleWidth, wish.subtitleWidth);
		const height = TITLE_HEIGHT + SUBTITLE_HEIGHT;
		if (this.#take(wish, index, width, top, height, frame, ALWAYS_WHOLE)) lines[index] = 2;
	}

	/** Takes the room of a line where it is free, and where nothing would cut it; from `least` on anyway. */
	#take(
		wish: LabelWish,
		index: number,
		width: number,
		top: number,
		height: number,
		frame: ScreenBox,
		least = ALWAYS,
	): boolean {
		const left = wish.x - width / 2 - 3;
		const box = { left, top, right: left + width + 6, bottom: top + height };
		const isFree = isWithin(box, frame) && this.#grid.isFree(box, index);
		if (!isFree && wish.priority < least) return false;
		this.#grid.add(box, index);
		return true;
	}
}
