import type { SimulationNodeDatum } from "d3-force";
import type { NodeView } from "../../model/views/view.ts";
import type { ClientLabel } from "../../protocol/messages.ts";
import { type Family, familyOf } from "../text/words.ts";

/** Before any time there is: the start of a sign that was never given. */
export const NEVER = Number.NEGATIVE_INFINITY;

/** Where a node's chip is. */
export interface ChipPlace {
	/** Of its middle, from the node's place on the screen, px. */
	readonly dx: number;
	readonly dy: number;
	readonly width: number;
	/** Which of the places around the node it is. */
	readonly slot: number;
	/** Nodes that it stands for. */
	readonly count: number;
}

/** A small node at an agent that stands for its calls of one tool. */
export interface Bucket {
	readonly tool: string;
	/** As in "Bash × 12". */
	readonly text: string;
	/** Some of the calls failed. */
	readonly hasFailed: boolean;
	/** Of its dot, from the node's place on the screen, px. */
	readonly dx: number;
	readonly dy: number;
	/** Of the text beside the dot, px; it lies on the side that is away from the node. */
	readonly width: number;
	/** Which of the places around the node it is. */
	readonly slot: number;
}

/**
 * One disc of the picture. Its identity is kept for as long as it is shown, because place, speed
 * and running signs live on it. Times are those of the frame clock, in ms.
 */
export interface SceneNode extends SimulationNodeDatum {
	readonly key: string;
	view: NodeView;
	family: Family;
	/** Nearest ancestor shown; null for a session. */
	parent: SceneNode | null;

	// Place in world units, which are CSS px at zoom 1.
	x: number;
	y: number;
	vx: number;
	vy: number;
	/** Where it rests, from its parent's place; a session's from the origin. */
	restX: number;
	restY: number;
	/** Room it asks for around its centre, in world units. */
	halfWidth: number;
	above: number;
	below: number;
	/** Drawn radius follows the radius that its calls give it. */
	radius: number;
	/** To which side, and how far, the edge from its parent bends: a share of its length. */
	bend: number;
	/** The bend at which it comes to rest. */
	bendGoal: number;
	/** Ended, and shown all the same: small, in the colour of its outcome. */
	isGhost: boolean;
	/** Number of ended agents that it stands for; 0 where it is one itself. */
	folded: number;
	/** Another session of its folder is in the picture: its start tells them apart. */
	isNamesake: boolean;
	/** Whose session it is, where one of another client is in the picture too; else null. */
	client: ClientLabel | null;
	/** Has a resting place. It is seen once all above it have one too. */
	isSeated: boolean;
	/** On its way to a place that is free: it pushes nobody, nor is it pushed. */
	isArriving: boolean;
	/** Held by the pointer. */
	isHeld: boolean;

	// Signs.
	bornAt: number;
	pulseAt: number;
	failAt: number;
	failText: string;
	endAt: number;
	lostAt: number;

	// What the frame at hand makes of it, in screen px.
	screenX: number;
	screenY: number;
	screenRadius: number;
	/** As `screenRadius`, without a pulse. */
	restRadius: number;
	/** 1 but while it comes or goes. */
	presence: number;
	/** Presence, less what a lost node or one that is not searched for is dimmed by. */
	alpha: number;
	/** Has something to say on a chip. */
	hasChip: boolean;
	/** Where its chip is; null where it has none, shares another's, or has no room for it. */
	chip: ChipPlace | null;
	/** Those of its tools that have room, while buckets are shown. */
	buckets: readonly Bucket[];
	/** Not among the matches of a search. */
	isDimmed: boolean;
	isMatch: boolean;
	labelAlpha: number;
	/** What it is doing, or for how long it is quiet; empty where neither is to be said. */
	doing: string;
	/**
	 * Running time as a share of what is usual for its type, which fills its rim: above 1 it is slower
	 * than 19 of 20. null where nothing tells.
	 */
	rim: number | null;
	/** Lines the label plan granted: none, the title, or both. */
	lines: 0 | 1 | 2;
	/** Half of the width of the widest of them, px. */
	labelReach: number;
	/** How far the label is moved aside, so that no edge cuts it; px to the right. */
	labelShift: number;
	/** The same of its title alone, which stays below the disc where it can. */
	titleShift: number;
	/** An edge that has no other way runs below its label, and is broken there. */
	isLabelCrossed: boolean;
	/** Its label is shown though it covers something. */
	isLabelCovering: boolean;
}

export function makeSceneNode(view: NodeView): SceneNode {
	return {
		key: view.key,
		view,
		family: familyOf(view.model),
		parent: null,
		x: 0,
		y: 0,
		vx: 0,
		vy: 0,
		restX: 0,
		restY: 0,
		halfWidth: 0,
		above: 0,
		below: 0,
		radius: radiusOf({ view, isGhost: false, folded: 0 }),
		bend: BEND,
		bendGoal: BEND,
		isGhost: false,
		folded: 0,
		isNamesake: false,
		client: null,
		isSeated: false,
		isArriving: false,
		isHeld: false,
		bornAt: NEVER,
		pulseAt: NEVER,
		failAt: NEVER,
		failText: "",
		endAt: Number.POSITIVE_INFINITY,
		lostAt: Number.POSITIVE_INFINITY,
		screenX: 0,
		screenY: 0,
		screenRadius: 0,
		restRadius: 0,
		presence: 1,
		alpha: 1,
		hasChip: false,
		chip: null,
		buckets: [],
		isDimmed: false,
		isMatch: false,
		labelAlpha: 0,
		doing: "",
		rim: null,
		lines: 0,
		labelReach: 0,
		labelShift: 0,
		titleShift: 0,
		isLabelCrossed: false,
		isLabelCovering: false,
	};
}

/**
 * How far an edge bends, as a share of its length: all to the same side, so that neighbours run side
 * by side and do not cross.
 */
export const BEND = 0.12;

const SESSION_RADIUS = 20;
const AGENT_RADIUS = 12;
const MAX_GROWTH = 10;
const GHOST_RADIUS = 7;
const FOLD_RADIUS = 10;

/** Grows with the square root of the calls, up to a bound, so that area tells of work done. */
export function radiusOf({
	view,
	isGhost,
	folded,
}: Pick<SceneNode, "view" | "isGhost" | "folded">): number {
	if (folded > 0) return FOLD_RADIUS;
	if (isGhost) return GHOST_RADIUS;
	if (view.kind === "session") return SESSION_RADIUS;
	return AGENT_RADIUS + Math.min(MAX_GROWTH, 1.1 * Math.sqrt(Math.max(0, view.calls)));
}

/** Whether it has a place, and all above it have one. */
export function isPlaced(node: SceneNode): boolean {
	for (let at: SceneNode | null = node; at !== null; at = at.parent) if (!at.isSeated) return false;
	return true;
}

export function isSession(node: SceneNode): boolean {
	return node.view.kind === "session";
}
