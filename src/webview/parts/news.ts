import { toolName } from "../../model/views/doing.ts";
import { isAlive, type NodeView } from "../../model/views/view.ts";
import { clip } from "../text/clip.ts";
import { endingWord, titleOf } from "../text/words.ts";

/** What has happened since the last announcement. */
export class News {
	#started: string[] = [];
	#ended: string[] = [];
	#waiting: string[] = [];

	/** Notes what a change of one node means to a listener. */
	note(before: NodeView | undefined, after: NodeView): void {
		if (after.kind === "agent" && before === undefined && isAlive(after)) {
			this.#started.push(nameOf(after));
		}
		if (after.kind === "agent" && before !== undefined && isAlive(before) && !isAlive(after)) {
			const word = after.state === "lost" ? "lost" : endingWord(after.outcome ?? "none");
			this.#ended.push(`${nameOf(after)}: ${word}`);
		}
		if (after.waiting !== null && (before?.waiting ?? null) === null) {
			this.#waiting.push(
				`${nameOf(after)} waits for you: ${clip(toolName(after.waiting.tool), 40)}`,
			);
		}
	}

	/** One short text, the urgent first; empty where nothing has happened. Starts over. */
	take(): string {
		const text = [
			...this.#waiting.slice(0, 3),
			summary(this.#started, "started", "agents started"),
			summary(this.#ended, "", "agents ended"),
		]
			.filter(Boolean)
			.join(". ");
		this.#started = [];
		this.#ended = [];
		this.#waiting = [];
		return text;
	}
}

/** Names tell more than numbers, up to two of them. */
function summary(names: readonly string[], verb: string, many: string): string {
	if (names.length === 0) return "";
	if (names.length > 2) return `${names.length} ${many}`;
	return names.map((name) => `${name} ${verb}`.trim()).join(", ");
}

function nameOf(view: NodeView): string {
	return clip(titleOf(view), 40);
}
