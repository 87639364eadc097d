import type { NodeView } from "../../model/views/view.ts";
import type { SceneNode } from "../scene/sceneNode.ts";
import { type Group, isInGroup } from "./groups.ts";
import { type Matcher, searchMatcher } from "./search.ts";
import type { ToolMemory } from "./toolMemory.ts";

/** What is looked for by a query or a counter, what that finds, and the match that Enter has led to. */
export class SearchState {
	query = "";
	/** The counter whose nodes are pointed out; null while none is. */
	group: Group | null = null;
	/** Key of the match at hand. */
	current: string | null = null;
	/** Keys of the nodes that the host points out; null while it points out none. */
	highlighted: ReadonlySet<string> | null = null;
	readonly #tools: ToolMemory;
	#matcher: Matcher | null = null;
	#found: readonly string[] = [];

	constructor(tools: ToolMemory) {
		this.#tools = tools;
	}

	set(query: string): void {
		this.query = query;
		this.#matcher = searchMatcher(query);
		this.current = null;
	}

	/** Whether anything is looked for, so that not every node is found. */
	get isLooking(): boolean {
		return this.#matcher !== null || this.group !== null;
	}

	/** Whether a node is found; every node is while nothing is looked for. */
	finds(view: NodeView): boolean {
		if (this.group !== null && !isInGroup(view, this.group)) return false;
		return this.#matcher === null || this.#matcher(view, this.#tools.of(view.key));
	}

	/** Marks the nodes of the picture. */
	mark(nodes: Iterable<SceneNode>): void {
		for (const node of nodes) {
			const isPointedOut = this.highlighted === null || this.highlighted.has(node.key);
			const isFound = isPointedOut && this.finds(node.view);
			node.isMatch = (this.isLooking || this.highlighted !== null) && isFound;
			node.isDimmed = !isFound;
		}
	}

	/** Takes note of what is found, in the order of the table, in the picture or not. */
	note(found: readonly string[]): void {
		this.#found = found;
	}

	/** Leads to the next or the previous match, around the end; null where nothing is found. */
	step(step: 1 | -1): string | null {
		const count = this.#found.length;
		if (count === 0) return null;
		const at = this.current === null ? -1 : this.#found.indexOf(this.current);
		const next = at === -1 && step === -1 ? count - 1 : (at + step + count) % count;
		this.current = this.#found[next] ?? null;
		return this.current;
	}

	/** For the toolbar: which match is shown, from 1, and how many there are. */
	get progress(): { at: number; count: number } | null {
		if (this.#matcher === null) return null;
		const at = this.current === null ? 0 : this.#found.indexOf(this.current) + 1;
		return { at, count: this.#found.length };
	}
}
