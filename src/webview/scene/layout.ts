import { forceSimulation, type Simulation } from "d3-force";
import { packClusters, restingPlace, rootOf, separateClusters } from "./clusters.ts";
import { clamp, mix } from "./curves.ts";
import { restForce, roomForce } from "./forces.ts";
import { Occupancy } from "./occupancy.ts";
import { findPlace } from "./placement.ts";
import { hashText, seededRandom } from "./random.ts";
import type { Place, Places } from "./restingPlaces.ts";
import { isSession, radiusOf, type SceneNode } from "./sceneNode.ts";

/** Alpha of a warm restart: enough to find a free place, too little to stir the whole picture. */
const WARM = 0.35;
const MAX_TICKS = 200;

/** Room that the chip of a wait asks for above its node, px. */
const WAIT_CHIP = { halfWidth: 78, above: 36 };

/** Width of a node's label in px: of its title and of its second line. */
type LabelMeasure = (node: SceneNode) => {
	readonly title: number;
	readonly subtitle: number;
};

/** Where everything is. Newcomers look for a free place; whoever has one keeps it. */
export class Layout {
	readonly #simulation: Simulation<SceneNode, undefined>;
	readonly #measure: LabelMeasure;
	readonly #places: Places;
	#nodes: readonly SceneNode[] = [];
	/** 0: room for every label; 1: for the discs alone. */
	#tightness = 0;
	#aspect = 1.4;

	constructor(measure: LabelMeasure, places: Places) {
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
		this.#aspect = clamp(value, 0.65, 1.6);
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
		const radius = radiusOf(node) + (isSession(node) ? 8 : 0);
		const label = this.#measure(node);
		if (node.isGhost) {
			// What is over asks for little: its name may give way in any crowd.
			node.halfWidth = radius + mix(14, 4, this.#tightness);
			node.above = radius + 4;
			node.below = radius + mix(18, 4, this.#tightness);
			return;
		}
		const wide = Math.max(label.title, label.subtitle) / 2 + 8;
		const tight = radius + 7;
		if (isSession(node)) {
			// Its label is to be read in every crowd, also from further away.
			node.halfWidth = Math.max(tight, wide * mix(1, 1.4, this.#tightness));
			node.above = radius + 22;
			node.below = radius + mix(42, 66, this.#tightness);
			return;
		}
		const tightness = this.#tightness;
		node.halfWidth = Math.max(tight, mix(wide, tight, Math.min(1, tightness * 1.6)));
		node.above = radius + mix(22, 7, tightness);
		if (node.view.waiting !== null) {
			// Its chip is to be read in every crowd.
			node.halfWidth = Math.max(node.halfWidth, WAIT_CHIP.halfWidth);
			node.above = radius + WAIT_CHIP.above;
		}
		node.below = radius + mix(label.subtitle > 0 ? 42 : 26, 8, tightness);
	}

	#place(nodes: readonly SceneNode[], newcomers: readonly SceneNode[]): void {
		const isNew = new Set(newcomers);
		const placed = nodes.filter((node) => !isNew.has(node));
		const occupancy = new Occupancy();
		const siblings = new Map<SceneNode, number[]>();
		for (const node of placed) this.#occupy(node, occupancy, siblings);
		for (const node of newcomers) {
			const known = this.#places.get(node);
			if (known !== undefined) this.#placeAt(node, known);
			else if (node.parent !== null) this.#placeBeside(node, node.parent, occupancy, siblings);
			else this.#placeApart(node, newcomers.indexOf(node));
			this.#occupy(node, occupancy, siblings);
			placed.push(node);
		}
		packClusters(placed, isNew, (node) => this.#places.get(node) !== undefined, this.#aspect);
		separateClusters(placed);
		for (const node of newcomers) this.#startAt(node);
	}

	#occupy(node: SceneNode, occupancy: Occupancy, siblings: Map<SceneNode, number[]>): void {
		const { halfWidth, above, below } = node;
		occupancy.add({ ...restingPlace(node), halfWidth, above, below });
		if (node.parent === null) return;
		const directions = siblings.get(node.parent) ?? [];
		directions.push(Math.atan2(node.restY, node.restX));
		siblings.set(node.parent, directions);
	}

	/** Where it was before it left, or before the window was loaded anew. */
	#placeAt(node: SceneNode, [x, y]: Place): void {
		const root = rootOf(node);
		const from = node.parent === null ? { x: 0, y: 0 } : restingPlace(node.parent);
		node.restX = x - from.x + (root === node ? 0 : root.restX);
		node.restY = y - from.y + (root === node ? 0 : root.restY);
	}

	/** Far from everything, until the size of its cluster is known. */
	#placeApart(node: SceneNode, index: number): void {
		node.restX = 1e5 * (index + 1);
		node.restY = 1e5;
	}

	#placeBeside(
		node: SceneNode,
		parent: SceneNode,
		occupancy: Occupancy,
		siblings: ReadonlyMap<SceneNode, number[]>,
	): void {
		const from = restingPlace(parent);
		const isRoot = parent.parent === null;
		const firstRing = isRoot ? mix(165, 105, this.#tightness) : mix(130, 62, this.#tightness);
		const place = findPlace(
			{
				key: node.key,
				parent: from,
				outward: isRoot ? null : Math.atan2(parent.restY, parent.restX),
				taken: siblings.get(parent) ?? [],
				room: { halfWidth: node.halfWidth, above: node.above, below: node.below },
				firstRing,
				ringGap: mix(70, 30, this.#tightness),
				aspect: this.#aspect,
			},
			occupancy,
		);
		node.restX = place.x - from.x;
		node.restY = place.y - from.y;
	}

	#startAt(node: SceneNode): void {
		const share = node.parent === null ? 1 : 0.72;
		node.x = (node.parent?.x ?? 0) + node.restX * share;
		node.y = (node.parent?.y ?? 0) + node.restY * share;
		node.vx = 0;
		node.vy = 0;
	}
}

function overlap(a: SceneNode, b: SceneNode): boolean {
	return (
		Math.abs(a.x - b.x) < a.halfWidth + b.halfWidth &&
		a.y - a.above < b.y + b.below &&
		b.y - b.above < a.y + a.below
	);
}
