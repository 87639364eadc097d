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

/** Px to the right. */
interface LabelShift {
	readonly title: number;
	/** Of the second line, or of both where the first is as wide. */
	readonly whole: number;
}

const NO_SHIFT: LabelShift = { title: 0, whole: 0 };

/** What is shown beside the discs. */
interface Granted {
	/** Lines of each wish, in the order of the wishes: 0, 1 or 2. */
	readonly lines: readonly (0 | 1 | 2)[];
	/** How far the lines of each are moved aside, so that no edge cuts them. */
	readonly shifts: readonly LabelShift[];
	/** Those whose lines are shown though they cover something. */
	readonly covering: ReadonlySet<number>;
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
	#wishes: readonly LabelWish[] = [];
	#frame: ScreenBox = { left: 0, top: 0, right: 0, bottom: 0 };
	#lines: (0 | 1 | 2)[] = [];
	#shifts: LabelShift[] = [];
	#covering = new Set<number>();

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
		this.#wishes = wishes;
		this.#frame = frame;
		this.#lines = wishes.map(() => 0);
		this.#shifts = wishes.map(() => NO_SHIFT);
		this.#covering = new Set();
		const isFixed = (index: number): boolean => (wishes[index]?.priority ?? 0) >= ALWAYS;
		// What has to be there first, then what the user has to act on, then what there is room for.
		for (const index of order.filter(isFixed)) {
			this.#grantTitle(index);
			this.#grantSubtitle(index);
		}
		const chips = this.#placeChips(wishes, frame, sharedChip);
		const others = order.filter((index) => !isFixed(index));
		for (const index of others) this.#grantTitle(index);
		for (const index of others) this.#grantSubtitle(index);
		return { lines: this.#lines, shifts: this.#shifts, covering: this.#covering, chips };
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

	#grantTitle(index: number): void {
		const wish = this.#wishes[index];
		if (wish === undefined) return;
		const shift = this.#take(wish, index, wish.titleWidth, TITLE_HEIGHT, ALWAYS);
		if (shift === null) return;
		this.#lines[index] = 1;
		this.#shifts[index] = { title: shift, whole: shift };
	}

	#grantSubtitle(index: number): void {
		const wish = this.#wishes[index];
		if (wish === undefined || this.#lines[index] === 0 || wish.subtitleWidth === 0) return;
		const width = Math.max(wish.titleWidth, wish.subtitleWidth);
		const height = TITLE_HEIGHT + SUBTITLE_HEIGHT;
		const shift = this.#take(wish, index, width, height, ALWAYS_WHOLE);
		if (shift === null) return;
		this.#lines[index] = 2;
		this.#shifts[index] = { title: this.#shifts[index]?.title ?? 0, whole: shift };
	}

	/**
	 * Takes the room of lines where it is free, and where nothing would cut them; from `least` on anyway.
	 * Gives back how far aside that is; null where it takes none.
	 */
	#take(
		wish: LabelWish,
		index: number,
		width: number,
		height: number,
		least: number,
	): number | null {
		const frame = this.#frame;
		const reach = width / 2 + 3;
		const shift = asideOf(wish.x, reach, frame);
		const middle = wish.x + shift;
		const top = wish.y + wish.radius + LABEL_GAP - 2;
		const box = { left: middle - reach, top, right: middle + reach, bottom: top + height };
		const isFree = this.#grid.isFree(box, index);
		if (!(isFree && isWithin(box, frame)) && wish.priority < least) return null;
		if (!isFree) this.#covering.add(index);
		this.#grid.add(box, index);
		return shift;
	}
}

/** How far what reaches so far to both sides has to be moved to lie within the frame; 0 where it cannot. */
function asideOf(x: number, reach: number, { left, right }: ScreenBox): number {
	if (x < left || x > right || right - left < 2 * reach) return 0;
	return Math.max(left + reach - x, 0) + Math.min(right - reach - x, 0);
}
