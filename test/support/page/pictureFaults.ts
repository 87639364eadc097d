import { CHIP_HEIGHT } from "../../../src/webview/draw/labels/chipPlan.ts";
import type { SeenNode } from "../../../src/webview/testHandle.ts";

/** What can be wrong with a picture at rest; each a number of cases but for the last four. */
export interface PictureFaults {
	/** Pairs of discs that overlap. */
	readonly discs: number;
	/** Labels over a foreign disc or another label. */
	readonly labels: number;
	/** Chips over a disc, a label or another chip. */
	readonly chips: number;
	/** Edges that run over labels which are not broken for them. */
	readonly edgesOverLabels: number;
	/** Labels that an edge runs below. */
	readonly brokenEdges: number;
	/** Edges that run through a foreign disc. */
	readonly edgesOverDiscs: number;
	/** Pairs of edges that cross. */
	readonly crossings: number;
	/** Foreign agents within the hull of a family. */
	readonly strangers: number;
	/** Share of siblings that stand clockwise, by less than half a turn, of the one launched before. */
	readonly clockwise: number;
	/** Share of nodes whose label is shown. */
	readonly labelled: number;
	/** Mean length of an edge on the screen, px. */
	readonly edgeLength: number;
}

interface Box {
	readonly left: number;
	readonly right: number;
	readonly top: number;
	readonly bottom: number;
}

interface Point {
	readonly x: number;
	readonly y: number;
}

/** Looks for all that is wrong with a picture. Nodes must be in order of launch. */
export function faultsOf(nodes: readonly SeenNode[]): PictureFaults {
	const byKey = new Map(nodes.map((node) => [node.key, node]));
	const edges = nodes.flatMap((node) => {
		const parent = byKey.get(node.parent ?? "");
		return parent === undefined ? [] : [{ node, parent, points: pointsOf(node, parent) }];
	});
	const lengths = edges.map(({ node, parent }) => distance(node, parent));
	return {
		discs: pairs(nodes, (a, b) => distance(a, b) < a.restRadius + b.restRadius),
		labels: overlapsOfLabels(nodes),
		chips: overlapsOfChips(nodes),
		edgesOverLabels: count(edges, ({ points }) =>
			nodes.some((other) => !other.isLabelCrossed && points.some((at) => isOnLabel(at, other))),
		),
		brokenEdges: count(nodes, (node) => node.isLabelCrossed),
		edgesOverDiscs: count(edges, ({ node, parent, points }) =>
			nodes.some((other) => other !== node && other !== parent && isOnDisc(points, other)),
		),
		crossings: pairs(edges, (a, b) => doCross(a, b)),
		strangers: strangersIn(nodes, byKey),
		clockwise: clockwiseShare(nodes, byKey),
		labelled: count(nodes, ({ lines }) => lines > 0) / nodes.length,
		edgeLength: lengths.reduce((sum, length) => sum + length, 0) / Math.max(1, lengths.length),
	};
}

function count<Item>(items: readonly Item[], test: (item: Item) => boolean): number {
	return items.filter(test).length;
}

function pairs<Item>(items: readonly Item[], test: (a: Item, b: Item) => boolean): number {
	let found = 0;
	items.forEach((a, index) => {
		for (let j = index + 1; j < items.length; j++) {
			if (test(a, items[j] as Item)) found++;
		}
	});
	return found;
}

function distance(a: SeenNode, b: SeenNode): number {
	return Math.hypot(a.screenX - b.screenX, a.screenY - b.screenY);
}

function touches(a: Box, b: Box): boolean {
	return (
		a.left < b.right - 1 && a.right > b.left + 1 && a.top < b.bottom - 1 && a.bottom > b.top + 1
	);
}

function touchesDisc(box: Box, { screenX, screenY, restRadius }: SeenNode): boolean {
	const dx = Math.max(box.left - screenX, 0, screenX - box.right);
	const dy = Math.max(box.top - screenY, 0, screenY - box.bottom);
	return Math.hypot(dx, dy) < restRadius - 1;
}

function overlapsOfLabels(nodes: readonly SeenNode[]): number {
	const labelled = nodes.flatMap((node) =>
		node.label === null ? [] : [{ node, label: node.label }],
	);
	const overDiscs = labelled.reduce(
		(sum, { node, label }) =>
			sum + count(nodes, (other) => other !== node && touchesDisc(label, other)),
		0,
	);
	return overDiscs + pairs(labelled, (a, b) => touches(a.label, b.label));
}

function overlapsOfChips(nodes: readonly SeenNode[]): number {
	const chips = nodes.flatMap((node) => {
		if (node.chip === null) return [];
		const { dx, dy, width } = node.chip;
		const x = node.screenX + dx;
		const y = node.screenY + dy;
		return [
			{
				left: x - width / 2,
				right: x + width / 2,
				top: y - CHIP_HEIGHT / 2,
				bottom: y + CHIP_HEIGHT / 2,
			},
		];
	});
	const covered = chips.reduce(
		(sum, chip) =>
			sum +
			count(nodes, (node) => touchesDisc(chip, node)) +
			count(nodes, ({ label }) => label !== null && touches(label, chip)),
		0,
	);
	return covered + pairs(chips, touches);
}

/** Along the curve that is drawn, without what lies on the two discs. */
function pointsOf(node: SeenNode, parent: SeenNode): Point[] {
	const dx = node.screenX - parent.screenX;
	const dy = node.screenY - parent.screenY;
	const steps = Math.max(8, Math.ceil(Math.hypot(dx, dy) / 6));
	const points: Point[] = [];
	for (let i = 0; i <= steps; i++) {
		const share = i / steps;
		const aside = 2 * share * (1 - share) * node.bend;
		const x = parent.screenX + dx * share - dy * aside;
		const y = parent.screenY + dy * share + dx * aside;
		const isFree = [node, parent].every(
			({ screenX, screenY, restRadius }) => Math.hypot(x - screenX, y - screenY) > restRadius,
		);
		if (isFree) points.push({ x, y });
	}
	return points;
}

function isOnLabel({ x, y }: Point, { label }: SeenNode): boolean {
	return (
		label !== null &&
		x > label.left + 3 &&
		x < label.right - 3 &&
		y > label.top + 3 &&
		y < label.bottom - 3
	);
}

function isOnDisc(points: readonly Point[], { screenX, screenY, restRadius }: SeenNode): boolean {
	return points.some(({ x, y }) => Math.hypot(x - screenX, y - screenY) < restRadius - 1);
}

interface Edge {
	readonly node: SeenNode;
	readonly parent: SeenNode;
	readonly points: readonly Point[];
}

/** Edges that share a node meet there and are not counted. */
function doCross(a: Edge, b: Edge): boolean {
	if (a.parent === b.parent || a.node === b.parent || b.node === a.parent) return false;
	const from = a.points[0];
	const to = a.points.at(-1);
	const otherFrom = b.points[0];
	const otherTo = b.points.at(-1);
	if (!from || !to || !otherFrom || !otherTo) return false;
	const isApart = side(from, to, otherFrom) * side(from, to, otherTo) < 0;
	return isApart && side(otherFrom, otherTo, from) * side(otherFrom, otherTo, to) < 0;
}

/** Twice the signed area of a triangle: positive where `at` is clockwise of the line on a screen. */
function side(from: Point, to: Point, at: Point): number {
	return (to.x - from.x) * (at.y - from.y) - (to.y - from.y) * (at.x - from.x);
}

/** Nodes that lie within the hull of a family of three or more that they do not belong to. */
function strangersIn(nodes: readonly SeenNode[], byKey: ReadonlyMap<string, SeenNode>): number {
	let strangers = 0;
	for (const head of nodes) {
		if (head.parent === null) continue;
		const family = new Set(nodes.filter((node) => isBelow(node, head, byKey)));
		if (family.size < 3) continue;
		const hull = hullOf([...family].map(({ screenX: x, screenY: y }) => ({ x, y })));
		strangers += count(
			nodes,
			(node) => !family.has(node) && isWithin({ x: node.screenX, y: node.screenY }, hull),
		);
	}
	return strangers;
}

function isBelow(node: SeenNode, head: SeenNode, byKey: ReadonlyMap<string, SeenNode>): boolean {
	let at: SeenNode | undefined = node;
	while (at !== undefined && at !== head) at = byKey.get(at.parent ?? "");
	return at === head;
}

/** The convex hull, clockwise on a screen (Andrew's monotone chain). */
function hullOf(points: readonly Point[]): Point[] {
	const sorted = points.toSorted((a, b) => a.x - b.x || a.y - b.y);
	const chain = (ordered: readonly Point[]): Point[] => {
		const kept: Point[] = [];
		for (const point of ordered) {
			while (kept.length > 1) {
				const [from, to] = kept.slice(-2) as [Point, Point];
				if (side(from, to, point) > 0) break;
				kept.pop();
			}
			kept.push(point);
		}
		return kept.slice(0, -1);
	};
	return [...chain(sorted), ...chain(sorted.toReversed())];
}

function isWithin(at: Point, hull: readonly Point[]): boolean {
	return hull.every((from, index) => side(from, hull[(index + 1) % hull.length] ?? from, at) > 0);
}

function clockwiseShare(nodes: readonly SeenNode[], byKey: ReadonlyMap<string, SeenNode>): number {
	const latest = new Map<string, number>();
	let steps = 0;
	let right = 0;
	for (const node of nodes) {
		const parent = byKey.get(node.parent ?? "");
		if (parent === undefined) continue;
		const angle = Math.atan2(node.y - parent.y, node.x - parent.x);
		const before = latest.get(parent.key);
		latest.set(parent.key, angle);
		if (before === undefined) continue;
		steps++;
		const turn = (angle - before + 4 * Math.PI) % (2 * Math.PI);
		if (turn < Math.PI) right++;
	}
	return steps === 0 ? 1 : right / steps;
}
