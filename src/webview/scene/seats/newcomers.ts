import { packClusters, restingPlace, rootOf, separateClusters } from "../clusters.ts";
import type { Place, Places } from "../restingPlaces.ts";
import type { SceneNode } from "../sceneNode.ts";
import { type Box, Occupancy } from "./occupancy.ts";
import type { RingStyle } from "./rings.ts";
import { type Branch, Seating, type SeatingSteps } from "./seating.ts";

type Children = ReadonlyMap<SceneNode, readonly SceneNode[]>;

/** Who is to be given a place, among whom, and where newcomers were before. */
interface Arrival {
	/** Everyone in the picture, those to be placed included. */
	readonly nodes: readonly SceneNode[];
	/** Those without a place, sessions in the order in which they are to be placed. */
	readonly newcomers: readonly SceneNode[];
	readonly places: Places;
	readonly style: RingStyle;
	/** Told of each once it is seated, after its parent. */
	readonly onSeated: (node: SceneNode) => void;
}

/**
 * Gives newcomers resting places: where they were before, else beside their parents. Nobody else
 * moves for them. Those of a new session are seen once the whole of it has found its place.
 */
export function* placeNewcomers(arrival: Arrival): SeatingSteps {
	const { nodes, newcomers, places, style, onSeated } = arrival;
	const children = childrenOf(nodes);
	const known = new Map<SceneNode, Place>();
	for (const node of newcomers) {
		const place = places.get(node);
		if (place !== undefined) known.set(node, place);
	}
	const isAlone = nodes.every(({ isSeated }) => !isSeated) && known.size === 0;
	const sessions = newcomers.filter(({ parent }) => parent === null);
	for (const [index, session] of sessions.entries()) {
		const hasPlace = placeSession(session, known.get(session), index, isAlone);
		if (hasPlace) onSeated(session);
	}
	const waiting = new Set(newcomers.filter((node) => node.parent !== null && !known.has(node)));
	const occupancy = occupancyOf(nodes, known);
	const seating = new Seating(style, newcomers.length);
	for (const parent of new Set(newcomers.map((node) => node.parent))) {
		// A family is seated with the head of it.
		if (parent === null || waiting.has(parent)) continue;
		for (const child of children.get(parent) ?? []) {
			if (putBack(child, known.get(child))) onSeated(child);
		}
		yield* seatBeside(parent, children, waiting, seating, occupancy, onSeated);
	}
	packClusters(nodes, ({ isSeated }) => isSeated, style.aspect);
	for (const session of sessions) if (!session.isSeated) onSeated(session);
	separateClusters(nodes);
}

/**
 * Without a place of its own far from everything, until the size of its cluster is known; the first of
 * all stands in the middle. Gives back whether that is its place.
 */
function placeSession(
	session: SceneNode,
	place: Place | undefined,
	index: number,
	isAlone: boolean,
): boolean {
	const isFirst = isAlone && index === 0;
	const [x, y] = place ?? (isFirst ? [0, 0] : [1e5 * (index + 1), 1e5]);
	session.restX = x;
	session.restY = y;
	return isFirst || place !== undefined;
}

/** Footprint that is taken before anybody is seated, by newcomers with a place too. */
function occupancyOf(nodes: readonly SceneNode[], known: ReadonlyMap<SceneNode, Place>): Occupancy {
	const occupancy = new Occupancy();
	const standing = nodes.filter(({ isSeated, parent }) => isSeated || parent === null);
	for (const node of standing) occupancy.add(boxAt(node, restingPlace(node)));
	for (const [node, [x, y]] of known) {
		const root = rootOf(node);
		if (root !== node) occupancy.add(boxAt(node, { x: root.restX + x, y: root.restY + y }));
	}
	return occupancy;
}

function boxAt({ halfWidth, above, below }: SceneNode, place: { x: number; y: number }): Box {
	return { ...place, halfWidth, above, below };
}

/** To where it was before it left, or before the window was loaded anew. */
function putBack(node: SceneNode, place: Place | undefined): boolean {
	if (place === undefined || node.parent === null) return false;
	const [x, y] = place;
	const root = rootOf(node);
	const from = restingPlace(node.parent);
	node.restX = root.restX + x - from.x;
	node.restY = root.restY + y - from.y;
	return true;
}

/** Seats the children of a node that wait for a place, with those below them. */
function seatBeside(
	parent: SceneNode,
	children: Children,
	waiting: Set<SceneNode>,
	seating: Seating,
	occupancy: Occupancy,
	onSeated: (node: SceneNode) => void,
): SeatingSteps {
	const seated = (children.get(parent) ?? []).filter((child) => !waiting.has(child));
	const branches = branchesOf(parent, children, waiting);
	const outward = parent.parent === null ? null : Math.atan2(parent.restY, parent.restX);
	const onBranch = ({ node, children }: Branch<SceneNode>): void => {
		onSeated(node);
		children.forEach(onBranch);
	};
	return seating.seat({ ...restingPlace(parent), outward }, branches, seated, occupancy, onBranch);
}

/** Those below a node that wait for a place; they no longer do. */
function branchesOf(
	parent: SceneNode,
	children: Children,
	waiting: Set<SceneNode>,
): Branch<SceneNode>[] {
	return (children.get(parent) ?? [])
		.filter((node) => waiting.delete(node))
		.map((node) => ({ node, children: branchesOf(node, children, waiting) }));
}

/** Children of every node: the living before what is over, each in order of launch. */
function childrenOf(nodes: readonly SceneNode[]): Children {
	const children = new Map<SceneNode, SceneNode[]>();
	for (const node of nodes) {
		if (node.parent === null) continue;
		const siblings = children.get(node.parent);
		if (siblings === undefined) children.set(node.parent, [node]);
		else siblings.push(node);
	}
	const rank = ({ isGhost, folded }: SceneNode): number => (folded > 0 ? 2 : isGhost ? 1 : 0);
	for (const siblings of children.values()) {
		siblings.sort((a, b) => rank(a) - rank(b) || a.view.startedAt - b.view.startedAt);
	}
	return children;
}
