import { formatClock } from "../../model/views/format.ts";
import { Usual } from "../../model/views/usualTimes.ts";
import {
	type Counters,
	isAlive,
	type NodeDetail,
	type NodeView,
	type SessionSummary,
} from "../../model/views/view.ts";
import { isInWorkspace } from "../../model/views/workspace.ts";
import {
	type ClientLabel,
	DEFAULT_PANEL_SETTINGS,
	type SourceStatus,
} from "../../protocol/messages.ts";
import { type TableRows, tableRows } from "../parts/table/tableRows.ts";
import { ClientLabels } from "../text/clientLabels.ts";
import { clip } from "../text/clip.ts";
import { titleOf } from "../text/words.ts";
import { FailureReason } from "./failureReason.ts";
import { type Filters, initialFilters, NO_FILTERS, passesFilters } from "./filters.ts";
import { GraphIndex } from "./graphIndex.ts";
import { isInGroup } from "./groups.ts";
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
	usual = new Usual();
	clients = new ClientLabels([]);
	status: SourceStatus = {
		connection: "reconnecting",
		source: "log",
		message: "",
		phase: "reading",
		areHooksReady: false,
	};
	hasSnapshot = false;
	isOutdated = false;
	/** Key of the selected node. */
	selected: string | null = null;
	/** Identity of what was selected before a reload and is not in the graph yet. */
	awaited: string | null = null;
	detail: NodeDetail | null = null;
	readonly reason = new FailureReason();
	/** The user's own filters; null until they have touched any. */
	ownFilters: Filters | null = null;
	/** Agents that ended are in the picture too. */
	isFinishedShown = false;
	/** Calls are told by a small node for each tool of an agent. */
	areBucketsShown = false;
	/** What the host said last that a session came to. */
	summary: SessionSummary | null = null;

	get counters(): Counters {
		return this.graph.mirror.counters;
	}

	get filters(): Filters {
		const filters = this.ownFilters ?? initialFilters(this.settings);
		const { session } = filters;
		// One that was chosen in another log is in no list.
		const isUnknown = session.startsWith("id:") && !this.graph.hasSession(session.slice(3));
		return isUnknown ? { ...filters, session: "all" } : filters;
	}

	get isFiltered(): boolean {
		return Object.values(this.filters).some((value) => value !== "all" && value !== "any");
	}

	readonly passes = (view: NodeView): boolean =>
		passesFilters(view, this.graph.sessionOf(view), this.filters, this.settings);

	readonly isNear = (view: NodeView): boolean =>
		isInWorkspace(view.cwd, this.settings.workspaceFolders);

	readonly labelOf = (client: string): ClientLabel => this.clients.of(client);

	/** Agents that ended and are shown all the same: all, or those that are looked for or looked at. */
	readonly isGhost = (view: NodeView): boolean => {
		if (this.isFinishedShown) return true;
		const { group, current } = this.search;
		if (view.key === this.selected || view.key === current) return true;
		return group !== null && isInGroup(view, group);
	};

	/** Agents that ever ended, whether the page knows them or not. */
	get finished(): number {
		const { done, failed, lost } = this.counters;
		return done + failed + lost;
	}

	/** What the table lists, and the search finds. */
	rows(): TableRows {
		// Totals know agents that the page has forgotten, but not which of them would pass.
		const isWhole = !this.isFiltered && !this.search.isLooking;
		const passes = (view: NodeView): boolean => this.passes(view) && this.search.finds(view);
		return tableRows(this.graph.views(), passes, isWhole ? this.finished : null);
	}

	/** Nodes that wait for a permission, the one that has waited longest first. */
	waiting(): NodeView[] {
		const since = ({ waiting }: NodeView): number => waiting?.since ?? 0;
		const waits = [...this.graph.views()].filter((view) => view.waiting !== null);
		return waits.sort((a, b) => since(a) - since(b));
	}

	/** The session that ended last of those that pass; undefined while none has. */
	lastEnded(): NodeView | undefined {
		const ended = this.graph.sessions().filter((view) => !isAlive(view) && this.passes(view));
		return ended.reduce<NodeView | undefined>(
			(last, view) => (last === undefined || endOf(view) >= endOf(last) ? view : last),
			undefined,
		);
	}

	/** The session of the selection, else the newest at work, this workspace's first, else what ended last. */
	sessionInFocus(): NodeView | undefined {
		const selected = this.selectedView();
		const own = selected && this.graph.sessionOf(selected);
		if (own !== undefined) return own;
		const shown = this.graph.sessions().filter(this.passes);
		const living = shown.filter(isAlive);
		return living.findLast(this.isNear) ?? living.at(-1) ?? this.lastEnded() ?? shown.at(-1);
	}

	/** As in "quiet for 6 m"; empty where a node is not. */
	quiet(view: NodeView): string {
		const children = [...this.graph.views()].some(
			(other) => other.parent === view.key && isAlive(other),
		);
		return this.usual.quietText(view, this.clock.now(), children);
	}

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

	/** Clients whose sessions are known, and the chosen one; by title. */
	clientChoices(): ClientLabel[] {
		const { client } = this.filters;
		const names = new Set(this.graph.sessions().map((view) => view.client));
		if (client !== "any") names.add(client);
		return [...names].map(this.labelOf).sort((a, b) => (a.title < b.title ? -1 : 1));
	}
}

function sessionLabel(view: NodeView): string {
	return `${clip(view.folder, 40) || titleOf(view)} · ${formatClock(view.startedAt)}`;
}

function endOf(view: NodeView): number {
	return view.endedAt ?? view.heardAt;
}
