import { FINISHED_AGENTS_SHOWN } from "../../model/events/limits.ts";
import { GraphMirror, type MirrorChange } from "../../model/views/graphMirror.ts";
import {
	type GraphPatch,
	type GraphSnapshot,
	isAlive,
	type NodeView,
} from "../../model/views/view.ts";

/** The mirror with the questions that the page asks of it again and again. */
export class GraphIndex {
	readonly mirror = new GraphMirror();
	readonly #sessions = new Map<string, NodeView>();
	#finished = 0;

	reset(graph: GraphSnapshot): MirrorChange {
		const change = this.mirror.reset(graph);
		this.#sessions.clear();
		this.#finished = 0;
		for (const view of this.mirror.nodes.values()) {
			this.#noteSession(view);
			if (!isAlive(view)) this.#finished++;
		}
		return change;
	}

	/** Also forgets the oldest finished agents once there are twice as many as are ever listed. */
	apply(patch: GraphPatch): MirrorChange {
		const change = this.mirror.apply(patch);
		for (const view of patch.upserts) {
			this.#noteSession(view);
			if (!isAlive(view)) this.#finished++;
		}
		if (this.#finished <= FINISHED_AGENTS_SHOWN * 2) return change;
		return { ...change, removed: [...change.removed, ...this.#prune()] };
	}

	get(key: string): NodeView | undefined {
		return this.mirror.nodes.get(key);
	}

	views(): Iterable<NodeView> {
		return this.mirror.nodes.values();
	}

	/** All sessions that were ever told of and not forgotten, oldest first. */
	sessions(): NodeView[] {
		const keys = [...this.#sessions.values()].map((view) => view.key);
		return keys.flatMap((key) => this.get(key) ?? []).sort((a, b) => a.startedAt - b.startedAt);
	}

	hasSession(id: string): boolean {
		return this.#sessions.has(id);
	}

	/** The session's own view, by the session id that each of its nodes carries. */
	sessionOf(view: NodeView): NodeView | undefined {
		const session = this.#sessions.get(view.session);
		return session && this.get(session.key);
	}

	/** Nearest node above that passes `isShown`; an agent without a known parent hangs on its session. */
	shownAncestor(view: NodeView, isShown: (key: string) => boolean): string | null {
		let parent = this.#above(view);
		// A chain longer than any real nesting is a loop that a broken log made.
		for (let steps = 0; parent !== undefined && steps < 1000; steps++) {
			if (isShown(parent.key)) return parent.key;
			parent = this.#above(parent);
		}
		const session = this.sessionOf(view);
		const isOther = session !== undefined && session.key !== view.key;
		return isOther && isShown(session.key) ? session.key : null;
	}

	#above(view: NodeView): NodeView | undefined {
		return view.parent === null ? undefined : this.get(view.parent);
	}

	#noteSession(view: NodeView): void {
		if (view.kind === "session") this.#sessions.set(view.session, view);
	}

	/** Keys of what was forgotten. Ancestors of the living stay: edges and rows hang on them. */
	#prune(): string[] {
		const views = [...this.views()];
		const needed = new Set<string>();
		for (const view of views) {
			if (isAlive(view) || needed.has(view.key)) this.#keepAbove(view, needed);
		}
		const old = views
			.filter((view) => !isAlive(view) && view.kind === "agent" && !needed.has(view.key))
			.sort((a, b) => (a.endedAt ?? a.startedAt) - (b.endedAt ?? b.startedAt))
			.slice(0, -FINISHED_AGENTS_SHOWN);
		for (const { key } of old) this.mirror.nodes.delete(key);
		this.#finished = FINISHED_AGENTS_SHOWN;
		return old.map((view) => view.key);
	}

	#keepAbove(view: NodeView, needed: Set<string>): void {
		let parent = this.#above(view);
		while (parent !== undefined && !needed.has(parent.key)) {
			needed.add(parent.key);
			parent = this.#above(parent);
		}
	}
}
