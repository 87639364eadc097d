import { GraphMirror, type MirrorChange } from "../../model/views/graphMirror.ts";
import type { GraphPatch, GraphSnapshot, NodeView } from "../../model/views/view.ts";

/** The mirror with the questions that the page asks of it again and again. */
export class GraphIndex {
	readonly mirror = new GraphMirror();
	readonly #sessions = new Map<string, NodeView>();

	reset(graph: GraphSnapshot): MirrorChange {
		const change = this.mirror.reset(graph);
		this.#sessions.clear();
		for (const view of this.mirror.nodes.values()) this.#noteSession(view);
		return change;
	}

	apply(patch: GraphPatch): MirrorChange {
		const change = this.mirror.apply(patch);
		for (const view of patch.upserts) this.#noteSession(view);
		if (change.removed.length > 0) this.#forgetSessions();
		return change;
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

	#forgetSessions(): void {
		for (const [id, { key }] of this.#sessions)
			if (!this.mirror.nodes.has(key)) this.#sessions.delete(id);
	}
}
