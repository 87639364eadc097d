import { forceSimulation, type Simulation } from "d3-force";
import { restingPlace } from "./clusters.ts";
import { clamp } from "./curves.ts";
import { restForce, roomForce } from "./forces.ts";
import { hashText, seededRandom } from "./random.ts";
import type { Places } from "./restingPlaces.ts";
import type { SceneNode } from "./sceneNode.ts";
import { footprintOf, type LabelSize } from "./seats/footprint.ts";
import { placeNewcomers } from "./seats/newcomers.ts";

/** Alpha of a warm restart: enough to find a free place, too little to stir the whole picture. */
const WARM = 0.35;
const MAX_TICKS = 200;

/** Where everything is. Newcomers look for a free place; whoever has one keeps it. */
export class Layout {
	readonly #simulation: Simulation<SceneNode, undefined>;
	readonly #measure: (node: SceneNode) => LabelSize;
	readonly #places: Places;
	#nodes: readonly SceneNode[] = [];
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

	/**
	 * Takes the nodes now shown, in the order in which they came. Newcomers must have their parent
	 * set; they are given a resting place and start a little on the way to it.
	 */
	setNodes(nodes: readonly SceneNode[], newcomers: readonly SceneNode[]): void {
		this.#nodes = nodes;
		this.#setTightness(nodes.length);
		for (const node of nodes) this.#setRoom(node);
		if (newcomers.length > 0) this.#place(nodes, newcomers);
		this.#simulation.nodes([...nodes]);
		if (newcomers.length > 0) this.warm();
	}

	/** A node asks for other room than before; who is in its way moves aside. */
	makeRoom(node: SceneNode): void {
		this.#setRoom(node);
		this.#simulation.nodes([...this.#nodes]);
		const isInTheWay = (other: SceneNode): boolean => other !== node && overlap(node, other);
		if (this.#nodes.some(isInTheWay)) this.warm();
	}

	warm(): void {
		this.#simulation.alpha(Math.max(WARM, this.#simulation.alpha()));
	}

	/** One step of the simulation. */
	tick(): void {
		this.#simulation.tick();
		if (!this.isMoving) this.#keep();
	}

	/** Runs to rest at once, for the first picture and for reduced motion. */
	rest(): void {
		this.warm();
		for (let i = 0; i < MAX_TICKS && this.isMoving; i++) this.#simulation.tick();
		this.#simulation.alpha(0);
		this.#keep();
	}

	/** Rests a node where it is; called when it is let go of. */
	restHere(node: SceneNode): void {
		node.restX = node.x - (node.parent?.x ?? 0);
		node.restY = node.y - (node.parent?.y ?? 0);
		this.warm();
	}

	/** Hangs a node on another parent without moving it. */
	reparent(node: SceneNode, parent: SceneNode | null): void {
		const place = restingPlace(node);
		const from = parent === null ? { x: 0, y: 0 } : restingPlace(parent);
		node.parent = parent;
		node.restX = place.x - from.x;
		node.restY = place.y - from.y;
	}

	/** What pushed a node aside has made this its place: the next restart leaves it there. */
	#keep(): void {
		for (const node of this.#nodes) if (node.isArriving) arrive(node);
		for (const node of this.#nodes) {
			node.restX = node.x - (node.parent?.x ?? 0);
			node.restY = node.y - (node.parent?.y ?? 0);
			node.vx = 0;
			node.vy = 0;
		}
		for (const node of this.#nodes) this.#places.remember(node);
	}

	/** Rises at once, falls only when most have gone: places must not breathe with every end. */
	#setTightness(count: number): void {
		const wanted = clamp((count - 30) / 110, 0, 1);
		if (wanted > this.#tightness || wanted < this.#tightness * 0.35) this.#tightness = wanted;
	}

	#setRoom(node: SceneNode): void {
		Object.assign(node, footprintOf(node, this.#measure(node), this.#tightness));
	}

	#place(nodes: readonly SceneNode[], newcomers: readonly SceneNode[]): void {
		const isNew = new Set(newcomers);
		const others = nodes.filter((node) => !isNew.has(node));
		const style = { tightness: this.#tightness, aspect: this.#aspect };
		placeNewcomers(others, newcomers, this.#places, style);
		for (const node of newcomers) this.#startAt(node);
	}

	/** A little on the way to its place; where it has been before, at that place. */
	#startAt(node: SceneNode): void {
		node.isArriving = node.parent !== null && this.#places.get(node) === undefined;
		const share = node.isArriving ? 0.72 : 1;
		node.x = (node.parent?.x ?? 0) + node.restX * share;
		node.y = (node.parent?.y ?? 0) + node.restY * share;
		node.vx = 0;
		node.vy = 0;
	}
}

/** The last bit of the way, which a branch of a branch is slow to cover. */
function arrive(node: SceneNode): void {
	node.x = (node.parent?.x ?? 0) + node.restX;
	node.y = (node.parent?.y ?? 0) + node.restY;
	node.isArriving = false;
}

function overlap(a: SceneNode, b: SceneNode): boolean {
	return (
		Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth &&
		a.y - a.above < b.y + b.below &&
		b.y - b.above < a.y + a.below
	);
}
