import type { Ending, Family } from "../../text/words.ts";
import type { Rgb } from "./color.ts";

/** The hues of one kind of theme, before they are fitted to its ground. */
export interface Hues {
	readonly gold: Rgb;
	/** Needs you. */
	readonly amber: Rgb;
	/** A failed call; always together with a word or a shape. */
	readonly red: Rgb;
	readonly family: Record<Family, Rgb>;
	readonly ending: Record<Ending, Rgb>;
}

export const DARK_HUES: Hues = {
	gold: [251, 191, 36],
	amber: [245, 158, 11],
	red: [239, 68, 68],
	family: {
		sonnet: [74, 222, 128],
		opus: [248, 113, 113],
		haiku: [96, 165, 250],
		other: [148, 163, 184],
	},
	ending: {
		functional: [52, 211, 153],
		partial: [245, 158, 11],
		scaffolding: [167, 139, 250],
		fail: [239, 68, 68],
		none: [148, 163, 184],
	},
};

export const LIGHT_HUES: Hues = {
	gold: [217, 119, 6],
	amber: [180, 83, 9],
	red: [185, 28, 28],
	family: {
		sonnet: [21, 128, 61],
		opus: [185, 28, 28],
		haiku: [29, 78, 216],
		other: [71, 85, 105],
	},
	ending: {
		functional: [4, 120, 87],
		partial: [180, 83, 9],
		scaffolding: [109, 40, 217],
		fail: [185, 28, 28],
		none: [71, 85, 105],
	},
};
