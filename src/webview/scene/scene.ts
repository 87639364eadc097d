import { isAlive, type NodeView, type Pulse } from "../../model/views/view.ts";
import type { GraphIndex } from "../state/graphIndex.ts";
import { clip } from "../text/clip.ts";
import { familyOf } from "../text/words.ts";
import { restartedPulse } from "./curves.ts";
import type { Floats } from "./floats.ts";
import type { Layout } from "./layout.ts";
import { applyFate, type Fate, fateOf, isFreshEnd, isOver, lostSince } from "./life.ts";
import type { Places } from "./restingPlaces.ts";
import { makeSceneNode, type SceneNode } from "./sceneNode.ts";

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
	/** Whether a session belongs to this workspace. */
	readonly isNear: (view: NodeView) => boolean;
}

/** The nodes in the picture, kept in step with the graph. */
export class Scene {
	readonly nodes = new Map<string, SceneNode>();
	readonly #graph: GraphIndex;
	readonly #layout: Layout;
	readonly #floats: Floats;
	readonly #places: Places;
	readonly #passes: (view: NodeView) => boolean;
	readonly #isNear: (view: NodeView) => boolean;

	constructor(parts: SceneParts) {
		this.#graph = parts.graph;
		this.#layout = parts.layout;
		this.#floats = parts.floats;
		this.#places = parts.places;
		this.#passes = parts.passes;
		this.#isNear = parts.isNear;
	}

	/** Brings the picture in step; `keys` names the nodes that may have changed. */
	update(keys: Iterable<string>, update: SceneUpdate): void {
		const living = this.#livingSessions();
		const newcomers: SceneNode[] = [];
		let isTorn = false;
		for (const key of keys) {
			const view = this.#graph.get(key);
			const fate = view === undefined ? "away" : this.#fate(view, living);
			const node = this.nodes.get(key);
			if (node !== undefined) isTorn = this.#keepInStep(node, view, fate, update) || isTorn;
			else if (view !== undefined) this.#enter(view, fate, update, newcomers);
		}
		isTorn = this.#endSessions(living, update) || isTorn;
		if (isTorn || newcomers.length > 0) this.#rearrange(newcomers);
	}

	/** Lights the nodes that made a call. */
	pulse(pulses: readonly Pulse[], now: number): void {
		for (const pulse of pulses) {
			const node = this.nodes.get(pulse.key);
			if (node === undefined || pulse.kind === "success") continue;
			node.pulseAt = restartedPulse(now, now - node.pulseAt);
			if (pulse.kind === "failure") {
				node.failAt = now;
				node.failText = `${clip(pulse.tool, 40)} failed`;
			} else this.#floats.add(node, clip(pulse.tool, 40), now);
		}
	}

	/** Takes away what has faded out; gives back whether anything has. */
	sweep(now: number): boolean {
		const before = this.nodes.size;
		for (const node of this.nodes.values()) {
			if (isOver(node, now)) this.#remove(node);
		}
		if (this.nodes.size === before) return false;
		this.#rearrange([]);
		return true;
	}

	#fate(view: NodeView, living: ReadonlySet<string>): Fate {
		return fateOf(view, this.#passes(view), living.has(view.session));
	}

	/** Sessions with an agent alive, by session id. */
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
		if (view === undefined || fate === "away" || (fate === "end" && update.kind === "snapshot")) {
			return this.#remove(node);
		}
		const hasMoved = node.view.parent !== view.parent;
		node.view = view;
		node.family = familyOf(view.model);
		applyFate(node, fate, update.now);
		return hasMoved;
	}

	#remove(node: SceneNode): boolean {
		this.#places.remember(node);
		return this.nodes.delete(node.key);
	}

	#enter(view: NodeView, fate: Fate, update: SceneUpdate, newcomers: SceneNode[]): void {
		const { kind, now, hostNow } = update;
		const node = makeSceneNode(view);
		if (fate === "away") return;
		if (fate === "dim") {
			const since = view.kind === "session" ? now : lostSince(view, hostNow, now);
			if (since === null) return;
			node.lostAt = since;
		}
		if (fate === "end") {
			if (kind === "snapshot" || !isFreshEnd(view, hostNow)) return;
			node.endAt = now;
		}
		if (kind === "patch") node.bornAt = now;
		this.nodes.set(node.key, node);
		newcomers.push(node);
	}

	/** An ended session leaves with the last of its agents, and takes its lost ones along. */
	#endSessions(living: ReadonlySet<string>, update: SceneUpdate): boolean {
		let isTorn = false;
		for (const node of this.nodes.values()) {
			const session = this.#graph.sessionOf(node.view);
			const isWithSession = node.view.kind === "session" || node.view.state === "lost";
			if (session === undefined || !isWithSession || isAlive(session)) continue;
			if (living.has(node.view.session)) continue;
			if (update.kind === "snapshot") isTorn = this.#remove(node) || isTorn;
			else if (node.endAt > update.now) node.endAt = update.now;
		}
		return isTorn;
	}

	#rearrange(newcomers: readonly SceneNode[]): void {
		const isNew = new Set(newcomers);
		const isShown = (key: string): boolean => this.nodes.has(key);
		for (const node of this.nodes.values()) {
			const key = this.#graph.shownAncestor(node.view, isShown);
			const parent = key === null ? null : (this.nodes.get(key) ?? null);
			if (isNew.has(node)) node.parent = parent;
			else if (node.parent !== parent) this.#layout.reparent(node, parent);
		}
		const inOrder = newcomers.toSorted((a, b) => this.#rank(a) - this.#rank(b));
		this.#layout.setNodes([...this.nodes.values()], inOrder);
	}

	/** Parents are placed before their children, the sessions of this workspace before others. */
	#rank(node: SceneNode): number {
		if (node.parent === null) return this.#isNear(node.view) ? 0 : 1;
		let depth = 1;
		for (let at: SceneNode | null = node.parent; at !== null; at = at.parent) depth++;
		return depth;
	}
}
