import type { AgentEvent } from "../events/events.ts";
import { LiveGraph } from "../graph/liveGraph.ts";
import {
	describeGraph,
	figuresOf,
	type GraphDescription,
	type NodeFigures,
} from "../graph/told/graphDescription.ts";
import { baseName } from "../views/baseName.ts";
import type { Recording } from "./recording.ts";

/** One session as a file for others (docs/export.md). */
export interface SessionExport {
	readonly format: "agent-live-graph.session";
	/** Raised whenever something of it changes its meaning. */
	readonly version: 1;
	/** ISO 8601, UTC. */
	readonly exportedAt: string;
	/** The session's id. */
	readonly session: string;
	/** What was asked first; null unless it was to be told, and where nobody knows. */
	readonly prompt: string | null;
	/** Every node of the session, and its totals. */
	readonly graph: GraphDescription;
	/** Times and calls by tool, by a node's id. */
	readonly figures: Readonly<Record<string, NodeFigures>>;
	/** What was told, by time; everything above follows from it. Folders have numbers for names. */
	readonly events: readonly AgentEvent[];
}

/** How an export is made. */
interface ExportOptions {
	/** ms since the epoch */
	readonly now: number;
	/** Silence after which a node counts as lost, ms. */
	readonly silenceMs: number;
	/** What was asked first; null where that is not to be told. */
	readonly prompt: string | null;
}

export function makeSessionExport(
	recording: Recording,
	{ now, silenceMs, prompt }: ExportOptions,
): SessionExport {
	const { session } = recording;
	const folders = new Folders();
	const events = recording.events
		.map((event) => (prompt === null ? withoutPreview(event) : event))
		.map((event) => withoutFolders(event, folders));
	const graph = new LiveGraph();
	for (const event of events) graph.apply(event);
	graph.reap(now, silenceMs);
	return {
		format: "agent-live-graph.session",
		version: 1,
		exportedAt: new Date(now).toISOString(),
		session,
		prompt,
		graph: describeGraph(graph),
		figures: figuresOf(graph),
		events,
	};
}

/** The first words of what an agent was asked are words of a prompt. */
function withoutPreview(event: AgentEvent): AgentEvent {
	const isPreview = event.event === "agent_spawn" && event.isPreview === true;
	return isPreview ? { ...event, description: "" } : event;
}

/** Of paths only the last name is told: where somebody keeps what is nobody else's business. */
function withoutFolders(event: AgentEvent, folders: Folders): AgentEvent {
	const cwd = event.cwd === "" ? "" : `/${baseName(event.cwd)}`;
	if (!("filePath" in event) || event.filePath === "") return { ...event, cwd };
	return { ...event, cwd, filePath: folders.rename(event.filePath) };
}

/** Numbers for folders, so that files of one name in two of them stay two. */
class Folders {
	readonly #numbers = new Map<string, number>();

	rename(path: string): string {
		const name = baseName(path);
		const folder = path.slice(0, path.length - name.length);
		const number = this.#numbers.get(folder) ?? this.#numbers.size + 1;
		this.#numbers.set(folder, number);
		return `/${number}/${name}`;
	}
}
