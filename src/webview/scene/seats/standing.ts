import { type Polar, polarOf, type RingShape, ringAt } from "./rings.ts";

const NOBODY: readonly Polar[] = [];

/** Those who stand around a parent, by the rings that they are on, each in order of launch. */
export class Standing {
	readonly #shape: RingShape;
	readonly #rings = new Map<number, Polar[]>();
	#latest: Polar | undefined;

	constructor(shape: RingShape) {
		this.#shape = shape;
	}

	/** Who was launched last. */
	get latest(): Polar | undefined {
		return this.#latest;
	}

	on(ring: number): readonly Polar[] {
		return this.#rings.get(ring) ?? NOBODY;
	}

	/** World units, from the parent's place. */
	add({ restX, restY }: { readonly restX: number; readonly restY: number }): void {
		const polar = polarOf(this.#shape, restX, restY);
		const ring = ringAt(this.#shape, polar.radius);
		const onRing = this.#rings.get(ring);
		if (onRing === undefined) this.#rings.set(ring, [polar]);
		else onRing.push(polar);
		this.#latest = polar;
	}
}
