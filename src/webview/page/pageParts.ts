import type { NodeView, SessionSummary } from "../../model/views/view.ts";
import { Shell, type ShellHandlers } from "../parts/shell.ts";
import type { Scene } from "../scene/scene.ts";
import type { PageModel } from "../state/pageModel.ts";
import { plural } from "../text/numbers.ts";

/** What can be open or closed. */
interface Openable {
	readonly timeline: { readonly isOpen: boolean };
	readonly replay: { readonly isOpen: boolean };
}

/** Keeps everything that is text or a control in step with the model. */
export class PageParts {
	readonly shell: Shell;
	readonly #model: PageModel;

	constructor(root: HTMLElement, model: PageModel, handlers: ShellHandlers) {
		this.#model = model;
		this.shell = new Shell(root, handlers);
	}

	update(scene: Scene, isFollowing: boolean, { timeline, replay }: Openable): void {
		const { shell } = this;
		const model = this.#model;
		const hostNow = model.clock.now();
		shell.counters.update(model.counters, hostNow);
		shell.counters.setGroup(model.search.group);
		shell.toolbar.setFollowing(isFollowing);
		shell.toolbar.setTimelineOpen(timeline.isOpen);
		shell.toolbar.setReplayOpen(replay.isOpen);
		shell.toolbar.setWaiting(model.counters.waiting);
		shell.toolbar.setFinished(model.finished, model.isFinishedShown);
		shell.toolbar.setBuckets(model.areBucketsShown);
		shell.toolbar.exports.setCanExportSession(model.settings.canOpen);
		shell.badge.update(model.status, model.clock.isHeld);
		shell.ribbon.update(model.status.source === "demo");
		shell.toolbar.setFilters(model.filters, model.sessionChoices(), model.clientChoices());
		shell.toolbar.setMatches(model.search.progress);
		shell.toolbar.setTableOpen(shell.table.isOpen);
		this.#updateEmpty(scene);
		this.#describePicture();
		this.#updateInspector(hostNow);
		if (shell.table.isOpen) this.#updateTable(hostNow);
	}

	/** What has to be redrawn every second, because ages grow. */
	updateAges(): void {
		this.shell.counters.update(this.#model.counters, this.#model.clock.now());
	}

	/** Counts anew each time: it is asked at most ten times a second. */
	#updateEmpty(scene: Scene): void {
		const model = this.#model;
		const ended = scene.nodes.size === 0 ? this.#endedSession() : null;
		this.shell.summary.update(ended);
		this.shell.empty.update({
			isSummarised: ended !== null,
			status: model.status,
			shown: scene.nodes.size,
			filtered: model.countFiltered(),
			spawned: model.counters.spawned,
			isOutdated: model.isOutdated,
			isReplaying: model.clock.isHeld,
			hasSnapshot: model.hasSnapshot,
		});
	}

	/** A summary that came may be of another session than the one that has ended since. */
	#endedSession(): { view: NodeView; summary: SessionSummary } | null {
		const { summary, status, counters } = this.#model;
		const view = this.#model.lastEnded();
		const isQuiet = status.connection !== "disconnected" && status.phase === "live";
		if (!isQuiet || counters.alive > 0 || view === undefined) return null;
		return summary?.key === view.key ? { view, summary } : null;
	}

	/** A canvas has no text of its own for screen readers. */
	#describePicture(): void {
		const agents = plural(this.#model.counters.alive, "agent");
		const what = this.#model.clock.isHeld ? "Replay" : "Live graph";
		const text = `${what}: ${agents} at work. Press T for the same as a table.`;
		const { canvas } = this.shell;
		if (canvas.getAttribute("aria-label") !== text) canvas.setAttribute("aria-label", text);
	}

	#updateInspector(hostNow: number): void {
		const model = this.#model;
		const view = model.selectedView();
		const parent = view?.parent == null ? undefined : model.graph.get(view.parent);
		const quiet = view === undefined ? "" : model.quiet(view);
		const { detail } = model;
		const { canOpen } = model.settings;
		const usual = view === undefined ? null : model.usual.durationOf(view);
		const reason = model.reason.text;
		const client = model.labelOf(view?.client ?? "");
		const inspected = view && {
			view,
			parent,
			client,
			detail,
			reason,
			canOpen,
			hostNow,
			quiet,
			usual,
		};
		this.shell.inspector.update(inspected ?? null);
	}

	#updateTable(hostNow: number): void {
		const model = this.#model;
		this.shell.table.canOpen = model.settings.canOpen;
		this.shell.table.update(model.rows(), model.selected, hostNow, model.labelOf);
	}
}
