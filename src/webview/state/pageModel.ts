import { type Counters, isAlive, type NodeDetail, type NodeView } from "../../model/views/view.ts";
import { isInWorkspace } from "../../model/views/workspace.ts";
import { DEFAULT_PANEL_SETTINGS, type SourceStatus } from "../../protocol/messages.ts";
import { clip } from "../text/clip.ts";
import { formatClock } from "../text/numbers.ts";
import { titleOf } from "../text/words.ts";
import { type Filters, initialFilters, NO_FILTERS, passesFilters } from "./filters.ts";
import { GraphIndex } from "./graphIndex.ts";
import { HostClock } from "./hostClock.ts";
import { SearchState } from "./searchState.ts";
import { ToolMemory } from "./toolMemory.ts";

/** Sessions offered by the filter; older ones are reached through the table. */
const MAX_CHOICES = 40;

/** Everything the page knows, apart from how it looks. */
export class PageModel {
	readonly graph = new GraphIndex();
	readonly tools = new ToolMemory();
	readonly clock = new HostClock();
	readonly search = new SearchState(this.tools);
	settings = DEFAULT_PANEL_SETTINGS;
	status: SourceStatus = {
		connection: "reconnecting",
		source: "log",
		message: "",
		phase: "reading",
	};
	hasSnapshot = false;
	isOutdated = false;
	/** Key of the selected node. */
	selected: string | null = null;
	detail: NodeDetail | null = null;
	/** Why the selected node failed, or its latest failed call; empty while nothing tells. */
	reason = "";
	/** The user's own filters; null until they have touched any. */
	ownFilters: Filters | null = null;

	get counters(): Counters {
		return this.graph.mirror.counters;
	}

	get filters(): Filters {
		return this.ownFilters ?? initialFilters(this.settings);
	}

	get isFiltered(): boolean {
		const { session, family, ending } = this.filters;
		return [session, family, ending].some((value) => value !== "all" && value !== "any");
	}

	readonly passes = (view: NodeView): boolean =>
		passesFilters(view, this.graph.sessionOf(view), this.filters, this.settings);

	readonly isNear = (view: NodeView): boolean =>
		isInWorkspace(view.cwd, this.settings.workspaceFolders);

	/** Living nodes that the filters keep out of the picture. */
	countFiltered(): number {
		let count = 0;
		for (const view of this.graph.views()) if (isAlive(view) && !this.passes(view)) count++;
		return count;
	}

	/** Filters that show everything. */
	clearFilters(): void {
		this.ownFilters = NO_FILTERS;
	}

	/** The selected node, as long as the graph knows it. */
	selectedView(): NodeView | undefined {
		return this.selected === null ? undefined : this.graph.get(this.selected);
	}

	/** All, this workspace, and each session at work; the chosen one stays on the list. */
	sessionChoices(): { value: Filters["session"]; label: string }[] {
		const chosen = this.filters.session;
		const sessions = this.graph
			.sessions()
			.filter((view) => isAlive(view) || chosen === `id:${view.session}`)
			.slice(-MAX_CHOICES)
			.map((view) => ({ value: `id:${view.session}` as const, label: sessionLabel(view) }));
		const hasWorkspace = this.settings.workspaceFolders.length > 0;
		return [
			{ value: "all", label: "All sessions" },
			...(hasWorkspace ? [{ value: "workspace" as const, label: "This workspace" }] : []),
			...sessions,
		];
	}
}

function sessionLabel(view: NodeView): string {
	return `${clip(view.folder, 40) || titleOf(view)} · ${formatClock(view.startedAt)}`;
}
