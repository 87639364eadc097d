import { toolName } from "../../model/views/doing.ts";
import type { NodeDetail, Pulse } from "../../model/views/view.ts";
import { clip } from "../text/clip.ts";

/** Tool names come from a log that anybody may have written. */
const MAX_TOOLS_PER_NODE = 32;

/** Names of the tools that each node was seen to use, so that a search can find them. */
export class ToolMemory {
	readonly #tools = new Map<string, Set<string>>();

	notePulses(pulses: readonly Pulse[]): void {
		for (const pulse of pulses) this.#note(pulse.key, pulse.tool);
	}

	noteDetail(detail: NodeDetail): void {
		for (const { tool } of detail.tools) this.#note(detail.key, tool);
	}

	of(key: string): ReadonlySet<string> {
		return this.#tools.get(key) ?? NONE;
	}

	forget(key: string): void {
		this.#tools.delete(key);
	}

	#note(key: string, tool: string): void {
		const tools = this.#tools.get(key) ?? new Set();
		this.#tools.set(key, tools);
		if (tools.size >= MAX_TOOLS_PER_NODE) return;
		// As the client calls it, and as it is shown.
		tools.add(clip(tool)).add(clip(toolName(tool)));
	}
}

const NONE: ReadonlySet<string> = new Set();
