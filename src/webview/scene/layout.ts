import { forceSimulation, type Simulation } from "d3-force";
import { restingPlace } from "./clusters.ts";
import { clamp } from "./curves.ts";
import { restForce, roomForce } from "./forces.ts";
import { hashText, seededRandom } from "./random.ts";
import type { Places } from "./restingPlaces.ts";
import type { SceneNode } from "./sceneNode.ts";
import { footprintOf, type LabelSize } from "./seats/footprint.ts";
import { placeNewcomers } from "./seats/newcomers.ts";
import type { SeatingSteps } from "./seats/seating.ts";

/** Alpha of a warm restart: enough to find a free place, too little to stir the whole picture. */
const WARM = 0.35;
const MAX_TICKS = 200;
/** More newcomers than this are seated bit by bit, and appear where they rest: nobody can follow so many. */
const CROWD = 100;
/** Of a node that stands still, as far as anybody can see; px in a tick. */
const STILL = 0.02;

/** Where everything is. Newcomers look for a free place; whoever has one keeps it. */
export class Layout {
	readonly #simulation: Simulation<SceneNode, undefined>;
	readonly #measure: (node: SceneNode) => LabelSize;
	readonly #places: Places;
	#nodes: readonly SceneNode[] = [];
	/** Those who hang on another parent as soon as that one has a place. */
	readonly #awaiting = new Map<SceneNode, SceneNode>();
	/** Gives those a place who have none; null once all have. */
	#seating: SeatingSteps | null = null;
	/** So many newcomers come that they appear at their places, and not on the way. */
	#isCrowd = false;
	/** 0: room for every label; 1: for the discs alone. */
	#tightness = 0;
	#aspect = 1.4;

	constructor(measure: (node: SceneNode) => LabelSize, places: Places) {
		this.#measure = measure;
		this.#places = places;
		this.#simulation = forceSimulation<SceneNode>()
			.randomSource(seededRandom(hashText("layout")))
			.alphaMin(0.004)
			.alphaDecay(0.045)
			.velocityDecay(0.42)
			.force("rest", restForce())
			.force("room", roomForce())
			.stop()
			.alpha(0);
	}

	get isMoving(): boolean {
		return this.#simulation.alpha() >= this.#simulation.alphaMin();
	}

	/** Width over height of the surface; only newcomers heed it. */
	set aspect(value: number) {
		this.#aspect = clamp(value, 0.65, 1.9);
	}

	/** Whether somebody has no place yet. */
	get isSeating(): boolean {
		return this.#seating !== null;
	}

	/**
	 * Takes the nodes now shown, with their parents set. Newcomers, parents before their children, are
	 * given places; a crowd of them by {@link seat}, for it takes a while.
	 */
	setNodes(nodes: readonly SceneNode[], newcomers: readonly SceneNode[]): void {
		this.#nodes = nodes;
		if (this.#awaiting.size > 0) this.#forgetGone(new Set(nodes));
		this.#setTightness(nodes.length);
		for (const node of nodes) this.#setRoom(node);
		this.#isCrowd = newcomers.length > CROWD;
		this.#seating = newcomers.length > 0 ? this.#place(newcomers) : null;
		if (newcomers.length === 0) this.#simulate();
		else if (!this.#isCrowd) this.seat(Number.POSITIVE_INFINITY);
	}

	/** Looks for places for so many ms, or one step long. */
	seat(ms: number): void {
		const until = performance.now() + ms;
		do {
			if (this.#seating?.next().done) this.#seating = null;
		} while (this.#seating !== null && performance.now() < until);
		this.#simulate();
		// A crowd is at its places at once, and moves nobody before it is whole.
		if (!this.#isCrowd || !this.isSeating) this.warm();
	}

	/** A node asks for other room than before; who is in its way moves aside. */
	makeRoom(node: SceneNode): void {
		this.#setRoom(node);
		if (!node.isSeated) return;
		this.#simulate();
		const isInTheWay = (other: SceneNode): boolean => other !== node && overlap(node, other);
		if (this.#nodes.some(isInTheWay)) this.warm();
	}

	warm(): void {
		this.#simulation.alpha(Math.max(WARM, this.#simulation.alpha()));
	}

	/** One step of the simulation, which ends where nothing moves any more. */
	tick(): void {
		this.#step();
		if (!this.isMoving) this.#keep();
	}

	#step(): void {
		this.#simulation.tick();
		if (!this.#simulation.nodes().some(moves)) this.#simulation.alpha(0);
	}

	/** Brings those who have places to rest at once, for the first picture and for reduced motion. */
	rest(): void {
		this.warm();
		for (const node of this.#nodes) arrive(node);
		for (let i = 0; i < MAX_TICKS && this.isMoving; i++) this.#step();
		this.#simulation.alpha(0);
		this.#keep();
	}

	/** Rests a node where it is; called when it is let go of. */
	restHere(node: SceneNode): void {
		node.restX = node.x - (node.parent?.x ?? 0);
		node.restY = node.y - (node.parent?.y ?? 0);
		this.warm();
	}

	/**
	 * Hangs a node on another parent without moving it: as soon as that one has a place, as one that has
	 * none yet would take it along to where it comes to sit.
	 */
	reparent(node: SceneNode, parent: SceneNode | null): void {
		this.#awaiting.delete(node);
		if (parent === null || parent.isSeated) this.#hang(node, parent);
		else this.#awaiting.set(node, parent);
	}

	#hang(node: SceneNode, parent: SceneNode | null): void {
		const place = restingPlace(node);
		const from = parent === null ? { x: 0, y: 0 } : restingPlace(parent);
		node.parent = parent;
		node.restX = place.x - from.x;
		node.restY = place.y - from.y;
	}

	/** What pushed a node aside has made this its place: the next restart leaves it there. */
	#keep(): void {
		for (const node of this.#nodes) arrive(node);
		const seated = this.#simulation.nodes();
		for (const node of seated) {
			node.restX = node.x - (node.parent?.x ?? 0);
			node.restY = node.y - (node.parent?.y ?? 0);
			node.vx = 0;
			node.vy = 0;
		}
		for (const node of seated) this.#places.remember(node);
	}

	/** Rises at once, falls only when most have gone: places must not breathe with every end. */
	#setTightness(count: number): void {
		const wanted = clamp((count - 30) / 110, 0, 1);
		if (wanted > this.#tightness || wanted < this.#tightness * 0.35) this.#tightness = wanted;
	}

	#setRoom(node: SceneNode): void {
		Object.assign(node, footprintOf(node, this.#measure, this.#tightness));
	}

	#place(newcomers: readonly SceneNode[]): SeatingSteps {
		return placeNewcomers({
			nodes: this.#nodes,
			newcomers,
			places: this.#places,
			style: { tightness: this.#tightness, aspect: this.#aspect },
			onSeated: (node) => {
				node.isSeated = true;
				this.#startAt(node);
				this.#takeOver(node);
			},
		});
	}

	#forgetGone(nodes: ReadonlySet<SceneNode>): void {
		for (const node of this.#awaiting.keys()) if (!nodes.has(node)) this.#awaiting.delete(node);
	}

	#takeOver(parent: SceneNode): void {
		for (const [node, awaited] of this.#awaiting) {
			if (awaited !== parent) continue;
			this.#awaiting.delete(node);
			this.#hang(node, parent);
		}
	}

	/** Whoever has no place moves nobody. */
	#simulate(): void {
		this.#simulation.nodes(this.#nodes.filter(({ isSeated }) => isSeated));
	}

	/** A little on the way to its place; where it has been before, at that place. */
	#startAt(node: SceneNode): void {
		const isKnown = this.#isCrowd || this.#places.get(node) !== undefined;
		node.isArriving = node.parent !== null && !isKnown;
		const share = node.isArriving ? 0.72 : 1;
		node.x = (node.parent?.x ?? 0) + node.restX * share;
		node.y = (node.parent?.y ?? 0) + node.restY * share;
		node.vx = 0;
		node.vy = 0;
	}
}

/** The last bit of the way, which a branch of a branch is slow to cover. */
function arrive(node: SceneNode): void {
	if (!node.isArriving) return;
	if (node.parent !== null) arrive(node.parent);
	node.x = (node.parent?.x ?? 0) + node.restX;
	node.y = (node.parent?.y ?? 0) + node.restY;
	node.isArriving = false;
}

/** What is carried has no speed of its own, and a branch that follows it. */
function moves({ vx, vy, fx }: SceneNode): boolean {
	return Math.abs(vx) > STILL || Math.abs(vy) > STILL || typeof fx === "number";
}

function overlap(a: SceneNode, b: SceneNode): boolean {
	return (
		Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth &&
		a.y - a.above < b.y + b.below &&
		b.y - b.above < a.y + a.below
	);
}
