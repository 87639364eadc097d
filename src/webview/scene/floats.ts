import { FLOAT_MS } from "./curves.ts";
import type { SceneNode } from "./sceneNode.ts";

/** More names at once could not be read. */
const MAX_FLOATS = 24;
/** A node's next name waits until the one before has moved out of its way. */
const SPACING_MS = 300;

/** A tool's name on its way up from the node that called it. */
export interface Float {
	readonly node: SceneNode;
	readonly text: string;
	/** Frame clock, ms. */
	readonly startedAt: number;
}

/** Names floating at the moment, oldest first, never more than can be read. */
export class Floats {
	/** Off while calls are told in another way. */
	isOn = true;
	#floats: Float[] = [];

	get all(): readonly Float[] {
		return this.#floats;
	}

	add(node: SceneNode, text: string, now: number): void {
		if (!this.isOn || text === "" || this.#floats.length >= MAX_FLOATS) return;
		const isTooSoon = this.#floats.some(
			(float) => float.node === node && now - float.startedAt < SPACING_MS,
		);
		if (!isTooSoon) this.#floats.push({ node, text, startedAt: now });
	}

	sweep(now: number): void {
		if (this.#floats.some((float) => now - float.startedAt >= FLOAT_MS)) {
			this.#floats = this.#floats.filter((float) => now - float.startedAt < FLOAT_MS);
		}
	}
}
