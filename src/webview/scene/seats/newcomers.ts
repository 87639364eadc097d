import { packClusters, restingPlace, rootOf, separateClusters } from "../clusters.ts";
import type { Place, Places } from "../restingPlaces.ts";
import type { SceneNode } from "../sceneNode.ts";
import { type Box, Occupancy } from "./occupancy.ts";
import type { RingStyle } from "./rings.ts";
import { type Branch, Seating } from "./seating.ts";

type Children = ReadonlyMap<SceneNode, readonly SceneNode[]>;

/**
 * Gives newcomers resting places: where they were before, else beside their parents. Nobody else
 * moves for them.
 *
 * @param others who has a place
 * @param newcomers parents before their children
 */
export function placeNewcomers(
	others: readonly SceneNode[],
	newcomers: readonly SceneNode[],
	places: Places,
	style: RingStyle,
): void {
	const all = [...others, ...newcomers];
	const children = childrenOf(all);
	const known = new Map<SceneNode, Place>();
	for (const node of newcomers) {
		const place = places.get(node);
		if (place !== undefined) known.set(node, place);
	}
	const sessions = newcomers.filter(({ parent }) => parent === null);
	for (const [index, session] of sessions.entries()) {
		placeSession(session, known.get(session), index);
	}
	const occupancy = occupancyOf(others, sessions, known);
	const waiting = new Set(newcomers.filter((node) => node.parent !== null && !known.has(node)));
	const seating = new Seating(style, newcomers.length);
	for (const parent of new Set(newcomers.map((node) => node.parent))) {
		if (parent === null) continue;
		for (const child of children.get(parent) ?? []) putBack(child, known.get(child));
		seatBeside(parent, children, waiting, seating, occupancy);
	}
	packClusters(all, new Set(newcomers), (session) => known.has(session), style.aspect);
	separateClusters(all);
}

/** Without a place of its own far from everything, until the size of its cluster is known. */
function placeSession(session: SceneNode, place: Place | undefined, index: number): void {
	const [x, y] = place ?? [1e5 * (index + 1), 1e5];
	session.restX = x;
	session.restY = y;
}

/** Footprint that is taken before anybody is seated, by newcomers with a place too. */
function occupancyOf(
	others: readonly SceneNode[],
	sessions: readonly SceneNode[],
	known: ReadonlyMap<SceneNode, Place>,
): Occupancy {
	const occupancy = new Occupancy();
	for (const node of [...others, ...sessions]) occupancy.add(boxAt(node, restingPlace(node)));
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
function putBack(node: SceneNode, place: Place | undefined): void {
	if (place === undefined || node.parent === null) return;
	const [x, y] = place;
	const root = rootOf(node);
	const from = restingPlace(node.parent);
	node.restX = root.restX + x - from.x;
	node.restY = root.restY + y - from.y;
}

/** Seats the children of a node that wait for a place, with those below them. */
function seatBeside(
	parent: SceneNode,
	children: Children,
	waiting: Set<SceneNode>,
	seating: Seating,
	occupancy: Occupancy,
): void {
	const seated = (children.get(parent) ?? []).filter((child) => !waiting.has(child));
	const branches = branchesOf(parent, children, waiting);
	const outward = parent.parent === null ? null : Math.atan2(parent.restY, parent.restX);
	seating.seat({ ...restingPlace(parent), outward }, branches, seated, occupancy);
}

/** Those below a node that wait for a place; they no longer do. */
function branchesOf(parent: SceneNode, children: Children, waiting: Set<SceneNode>): Branch[] {
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
