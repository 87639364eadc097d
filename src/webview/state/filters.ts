import { isAlive, type NodeView } from "../../model/views/view.ts";
import { isInWorkspace } from "../../model/views/workspace.ts";
import type { PanelSettings } from "../../protocol/messages.ts";
import { ENDINGS, type Ending, FAMILIES, type Family, familyOf } from "../text/words.ts";

/** What the toolbar narrows the picture and the table to. */
export interface Filters {
	/** All sessions, those of this workspace, or `id:` and one session's id. */
	readonly session: "all" | "workspace" | `id:${string}`;
	/** A client's name, or `any`. */
	readonly client: string;
	readonly family: Family | "any";
	readonly ending: Ending | "alive" | "any";
}

export const NO_FILTERS: Filters = { session: "all", client: "any", family: "any", ending: "any" };

/** The filters at the start, before the user has touched any. */
export function initialFilters(settings: PanelSettings): Filters {
	const isNarrow = !settings.showOtherSessions && settings.workspaceFolders.length > 0;
	return { ...NO_FILTERS, session: isNarrow ? "workspace" : "all" };
}

/** Reads filters from a saved state; whatever is not understood filters nothing. */
export function readFilters(value: {
	session?: unknown;
	client?: unknown;
	family?: unknown;
	ending?: unknown;
}): Filters {
	const { session, client, family, ending } = value;
	return {
		session: isSessionFilter(session) ? session : "all",
		client: typeof client === "string" ? client : "any",
		family: FAMILIES.find((known) => known === family) ?? "any",
		ending: ending === "alive" ? ending : (ENDINGS.find((known) => known === ending) ?? "any"),
	};
}

export function isSessionFilter(value: unknown): value is Filters["session"] {
	return typeof value === "string" && /^(all|workspace|id:.*)$/s.test(value);
}

/**
 * Whether a node passes. Sessions are subject to the filters of session and client alone: they hold the picture
 * together, whatever their agents are. `session` is the view of the node's session, if known.
 */
export function passesFilters(
	view: NodeView,
	session: NodeView | undefined,
	filters: Filters,
	settings: PanelSettings,
): boolean {
	if (!passesSession(view, session, filters, settings)) return false;
	if (filters.client !== "any" && filters.client !== session?.client) return false;
	if (view.kind === "session") return true;
	if (filters.family !== "any" && familyOf(view.model) !== filters.family) return false;
	return filters.ending === "any" || filters.ending === endingOf(view);
}

function passesSession(
	view: NodeView,
	session: NodeView | undefined,
	filters: Filters,
	settings: PanelSettings,
): boolean {
	if (filters.session === "all") return true;
	if (filters.session !== "workspace") return filters.session === `id:${view.session}`;
	// Without a folder there is nothing to tell "this workspace" from; then all belongs to it.
	if (settings.workspaceFolders.length === 0) return true;
	return session !== undefined && isInWorkspace(session.cwd, settings.workspaceFolders);
}

function endingOf(view: NodeView): Ending | "alive" {
	return isAlive(view) ? "alive" : (view.outcome ?? "none");
}
