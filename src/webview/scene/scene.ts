import { toolName } from "../../model/views/doing.ts";
import { isAlive, type NodeView, type Pulse } from "../../model/views/view.ts";
import type { ClientLabel } from "../../protocol/messages.ts";
import type { GraphIndex } from "../state/graphIndex.ts";
import { clip, isolated } from "../text/clip.ts";
import { familyOf } from "../text/words.ts";
import { restartedPulse } from "./curves.ts";
import type { Floats } from "./floats.ts";
import { foldKey, foldView, type GhostPlan, planGhosts } from "./ghosts.ts";
import type { Layout } from "./layout.ts";
import { applyFate, type Fate, fateOf, isFreshEnd, isOver, lostSince } from "./life.ts";
import type { Places } from "./restingPlaces.ts";
import { makeSceneNode, radiusOf, type SceneNode } from "./sceneNode.ts";

/** How a change came: a snapshot shows what is, a patch what happens. */
export interface SceneUpdate {
	readonly kind: "snapshot" | "patch";
	/** Frame clock, ms. */
	readonly now: number;
	/** Host clock, ms since the epoch. */
	readonly hostNow: number;
}

/** What a scene works with. */
interface SceneParts {
	readonly graph: GraphIndex;
	readonly layout: Layout;
	readonly floats: Floats;
	readonly places: Places;
	/** Whether a node passes the filters at hand. */
	readonly passes: (view: NodeView) => boolean;
	/** Whether an agent that ended is to be shown all the same. */
	readonly isGhost: (view: NodeView) => boolean;
	/** Whether a session belongs to this workspace. */
	readonly isNear: (view: NodeView) => boolean;
	/** How a client is told. */
	readonly labelOf: (client: string) => ClientLabel;
}

/** The nodes in the picture, kept in step with the graph. */
export class Scene {
	readonly nodes = new Map<string, SceneNode>();
	readonly #graph: GraphIndex;
	readonly #layout: Layout;
	readonly #floats: Floats;
	readonly #places: Places;
	readonly #passes: (view: NodeView) => boolean;
	readonly #isGhost: (view: NodeView) => boolean;
	readonly #isNear: (view: NodeView) => boolean;
	readonly #labelOf: (client: string) => ClientLabel;

	constructor(parts: SceneParts) {
		this.#graph = parts.graph;
		this.#layout = parts.layout;
		this.#floats = parts.floats;
		this.#places = parts.places;
		this.#passes = parts.passes;
		this.#isGhost = parts.isGhost;
		this.#isNear = parts.isNear;
		this.#labelOf = parts.labelOf;
	}

	/** Brings the picture in step; `keys` names the nodes that may have changed. */
	update(keys: Iterable<string>, update: SceneUpdate): void {
		const plan = planGhosts(this.#graph, (view) => this.#passes(view) && this.#isGhost(view));
		const held = this.#livingSessions();
		for (const session of plan.sessions) held.add(session);
		let isTorn = false;
		for (const key of this.#concerned(keys, plan)) {
			const view = this.#graph.get(key);
			const fate = view === undefined ? "away" : this.#fate(view, held, plan);
			const node = this.nodes.get(key);
			if (node !== undefined) isTorn = this.#keepInStep(node, view, fate, update) || isTorn;
			else if (view !== undefined) isTorn = this.#enter(view, fate, update) || isTorn;
		}
		isTorn = this.#endSessions(held, update) || isTorn;
		isTorn = this.#fold(plan) || isTorn;
		if (isTorn) this.#rearrange();
	}

	/** Lights the nodes that made a call. */
	pulse(pulses: readonly Pulse[], now: number): void {
		for (const pulse of pulses) {
			const node = this.nodes.get(pulse.key);
			if (node === undefined || pulse.kind === "success") continue;
			node.pulseAt = restartedPulse(now, now - node.pulseAt);
			if (pulse.kind === "failure") {
				node.failAt = now;
				node.failText = `${isolated(clip(toolName(pulse.tool), 40))} failed`;
			} else this.#floats.add(node, clip(toolName(pulse.tool), 40), now);
		}
	}

	/** Takes away what has faded out; gives back whether anything has. */
	sweep(now: number): boolean {
		const before = this.nodes.size;
		for (const node of this.nodes.values()) {
			if (isOver(node, now)) this.#remove(node);
		}
		if (this.nodes.size === before) return false;
		this.#rearrange();
		return true;
	}

	#fate(view: NodeView, held: ReadonlySet<string>, { ghosts }: GhostPlan): Fate {
		return fateOf(view, this.#passes(view), held.has(view.session), ghosts.has(view.key));
	}

	/** Keys of a change, and of whatever is a ghost, was one, or is the session of one. */
	#concerned(keys: Iterable<string>, { ghosts, sessions }: GhostPlan): Set<string> {
		const concerned = new Set(keys);
		for (const view of sessions.size === 0 ? [] : this.#graph.sessions()) {
			if (sessions.has(view.session)) concerned.add(view.key);
		}
		for (const node of this.nodes.values()) {
			if (node.isGhost && node.folded === 0) concerned.add(node.key);
		}
		for (const key of ghosts) concerned.add(key);
		return concerned;
	}

	/** One node below each that agents are folded under; gives back whether one has come or gone. */
	#fold({ folded }: GhostPlan): boolean {
		const counts = new Map<string, number>();
		for (const view of folded) {
			const anchor = this.#graph.shownAncestor(view, (key) => this.nodes.has(key));
			if (anchor !== null) counts.set(anchor, (counts.get(anchor) ?? 0) + 1);
		}
		let isTorn = false;
		for (const node of this.nodes.values()) {
			const isGone = node.folded > 0 && !counts.has(node.view.parent ?? "");
			if (isGone) isTorn = this.#remove(node) || isTorn;
		}
		for (const [anchor, count] of counts) isTorn = this.#setFold(anchor, count) || isTorn;
		return isTorn;
	}

	#setFold(anchor: string, count: number): boolean {
		const above = this.nodes.get(anchor);
		if (above === undefined) return false;
		const view = foldView(above.view, count);
		const known = this.nodes.get(foldKey(anchor));
		if (known?.folded === count) return false;
		const node = known ?? makeSceneNode(view);
		node.view = view;
		node.isGhost = true;
		node.folded = count;
		node.radius = radiusOf(node);
		if (known !== undefined) return false;
		this.nodes.set(node.key, node);
		return true;
	}

	/** Sessions with an agent alive, by id. */
	#livingSessions(): Set<string> {
		const living = new Set<string>();
		for (const view of this.#graph.views()) {
			if (view.kind === "agent" && isAlive(view)) living.add(view.session);
		}
		return living;
	}

	/** Gives back whether the tree has to be put together anew. */
	#keepInStep(
		node: SceneNode,
		view: NodeView | undefined,
		fate: Fate,
		update: SceneUpdate,
	): boolean {
		if (view === undefined || isGone(node, view, fate, update)) return this.#remove(node);
		const hasMoved = node.view.parent !== view.parent;
		const hasWaited = node.view.waiting !== null;
		// What it did is over at once; what it does now is told with the next second.
		if (view.call?.since !== node.view.call?.since || view.heardAt !== node.view.heardAt) {
			node.doing = "";
		}
		node.view = view;
		node.family = familyOf(view.model);
		applyFate(node, fate, update.now);
		if ((view.waiting !== null) !== hasWaited) this.#layout.makeRoom(node);
		return hasMoved;
	}

	#remove(node: SceneNode): boolean {
		if (node.isSeated) this.#places.remember(node);
		return this.nodes.delete(node.key);
	}

	/** Gives back whether it has come in. */
	#enter(view: NodeView, fate: Fate, update: SceneUpdate): boolean {
		const { kind, now, hostNow } = update;
		const node = makeSceneNode(view);
		if (fate === "away") return false;
		if (fate === "dim") {
			const since = view.kind === "session" ? now : lostSince(view, hostNow, now);
			if (since === null) return false;
			node.lostAt = since;
		}
		const isFresh = kind === "patch" && isFreshEnd(view, hostNow);
		if (fate === "end" && !isFresh) return false;
		node.isGhost = fate === "ghost";
		if ((fate === "end" || node.isGhost) && isFresh) node.endAt = now;
		node.radius = radiusOf(node);
		if (kind === "patch") node.bornAt = now;
		this.nodes.set(node.key, node);
		return true;
	}

	/** An ended session leaves with the last of its agents that are shown, and takes its lost ones along. */
	#endSessions(held: ReadonlySet<string>, update: SceneUpdate): boolean {
		let isTorn = false;
		for (const node of this.nodes.values()) {
			const session = this.#graph.sessionOf(node.view);
			const isLost = node.view.state === "lost" && !node.isGhost;
			const isWithSession = node.view.kind === "session" || isLost;
			if (session === undefined || !isWithSession || isAlive(session)) continue;
			if (held.has(node.view.session)) continue;
			if (update.kind === "snapshot") isTorn = this.#remove(node) || isTorn;
			else if (node.endAt > update.now) node.endAt = update.now;
		}
		return isTorn;
	}

	#rearrange(): void {
		const isShown = (key: string): boolean => this.nodes.has(key);
		for (const node of this.nodes.values()) {
			const key = this.#graph.shownAncestor(node.view, isShown);
			const parent = key === null ? null : (this.nodes.get(key) ?? null);
			if (!node.isSeated) node.parent = parent;
			else if (node.parent !== parent) this.#layout.reparent(node, parent);
		}
		markNamesakes(this.nodes.values());
		markClients(this.nodes.values(), this.#labelOf);
		const nodes = [...this.nodes.values()];
		const newcomers = nodes.filter(({ isSeated }) => !isSeated);
		newcomers.sort((a, b) => this.#rank(a) - this.#rank(b));
		this.#layout.setNodes(nodes, newcomers);
	}

	/** Parents are placed before their children, what lives before what is over, the sessions of this workspace before others. */
	#rank(node: SceneNode): number {
		if (node.parent === null) return this.#isNear(node.view) ? 0 : 1;
		let depth = 1;
		for (let at: SceneNode | null = node.parent; at !== null; at = at.parent) depth++;
		return node.isGhost ? depth + 0.5 : depth;
	}
}

/** Whether a node that is shown leaves at once: only what happens before the eyes fades out. */
function isGone(node: SceneNode, view: NodeView, fate: Fate, update: SceneUpdate): boolean {
	if (fate === "away") return true;
	if (fate === "end") return update.kind === "snapshot";
	const wasGhost = node.isGhost && fate === "dim";
	return wasGhost && lostSince(view, update.hostNow, update.now) === null;
}

function markClients(nodes: Iterable<SceneNode>, labelOf: (client: string) => ClientLabel): void {
	const sessions = [...nodes].filter(({ view }) => view.kind === "session");
	const clients = new Set(sessions.map(({ view }) => view.client));
	for (const node of sessions) node.client = clients.size > 1 ? labelOf(node.view.client) : null;
}

function markNamesakes(nodes: Iterable<SceneNode>): void {
	const first = new Map<string, SceneNode>();
	for (const node of nodes) {
		if (node.view.kind !== "session") continue;
		const other = first.get(node.view.folder);
		node.isNamesake = other !== undefined;
		if (other === undefined) first.set(node.view.folder, node);
		else other.isNamesake = true;
	}
}
