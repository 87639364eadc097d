import type { Shell } from "../parts/shell.ts";
import type { Picture } from "../picture.ts";
import type { ReplayKeeper } from "../replay/replayKeeper.ts";
import { identityOf } from "../state/identity.ts";
import type { PageModel } from "../state/pageModel.ts";
import { MAX_SAVED_PLACES, type SavedState } from "../state/savedState.ts";
import type { TimelineKeeper } from "../timeline/timelineKeeper.ts";

/** What of the page outlives a reload: puts it back, and gathers it again. */
export class PageMemory {
	readonly #model: PageModel;
	readonly #picture: Picture;
	readonly #shell: Shell;
	readonly #timeline: TimelineKeeper;
	readonly #replay: ReplayKeeper;

	constructor(
		model: PageModel,
		picture: Picture,
		shell: Shell,
		{ timeline, replay }: { readonly timeline: TimelineKeeper; readonly replay: ReplayKeeper },
	) {
		this.#timeline = timeline;
		this.#replay = replay;
		this.#model = model;
		this.#picture = picture;
		this.#shell = shell;
	}

	restore(saved: SavedState): void {
		const model = this.#model;
		model.ownFilters = saved.filters;
		model.awaited = saved.selected;
		model.isFinishedShown = saved.isFinishedShown;
		model.areBucketsShown = saved.areBucketsShown;
		this.#picture.setBuckets(saved.areBucketsShown);
		model.search.set(saved.query);
		this.#picture.places.restore(saved.places);
		if (saved.view !== null) this.#picture.views.restore(saved.view);
		this.#shell.toolbar.setQuery(saved.query);
		this.#shell.table.isOpen = saved.isTableOpen;
		this.#timeline.restore(saved.timeline);
		if (saved.isReplayOpen) this.#replay.open();
	}

	/** @param isTableOpen whether the user opened it */
	gather(isTableOpen: boolean): SavedState {
		const model = this.#model;
		const view = model.selectedView();
		return {
			view: this.#picture.views.save(),
			selected: view === undefined ? model.awaited : identityOf(view),
			filters: model.ownFilters,
			query: model.search.query,
			isTableOpen,
			timeline: { isOpen: this.#timeline.isOpen, height: this.#timeline.height },
			isReplayOpen: this.#replay.isOpen,
			isFinishedShown: model.isFinishedShown,
			areBucketsShown: model.areBucketsShown,
			places: this.#picture.places.latest(MAX_SAVED_PLACES),
		};
	}

	/** The one of these nodes that was selected before the reload; null where none was. */
	awaited(keys: readonly string[]): string | null {
		const { awaited, graph } = this.#model;
		if (awaited === null) return null;
		const isAwaited = (key: string): boolean => {
			const view = graph.get(key);
			return view !== undefined && identityOf(view) === awaited;
		};
		return keys.find(isAwaited) ?? null;
	}
}
