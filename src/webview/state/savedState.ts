import { MAX_STRETCH, MAX_ZOOM, MIN_ZOOM } from "../draw/view/camera.ts";
import type { SavedView } from "../draw/view/viewKeeper.ts";
import { isArrayOf, isFields, isNumber, isString } from "../host/checks.ts";
import { LEAST_HEIGHT } from "../timeline/heightGrip.ts";
import { type Filters, NO_FILTERS, readFilters } from "./filters.ts";

/** Whether the timeline is open, and how high it is, px; null while nobody has chosen that. */
export interface SavedTimeline {
	readonly isOpen: boolean;
	readonly height: number | null;
}

/** What of the page outlives a reload of the window. */
export interface SavedState {
	/** null while the camera follows by itself. */
	readonly view: SavedView | null;
	/** What {@link identityOf} says of the selected node. */
	readonly selected: string | null;
	/** null while the user has not touched them. */
	readonly filters: Filters | null;
	readonly query: string;
	readonly isTableOpen: boolean;
	readonly timeline: SavedTimeline;
	readonly isReplayOpen: boolean;
	readonly isFinishedShown: boolean;
	readonly areBucketsShown: boolean;
	/** Places in their clusters, by what {@link identityOf} says of the nodes. */
	readonly places: ReadonlyMap<string, readonly [number, number]>;
}

export const MAX_SAVED_PLACES = 1000;
/** No screen is higher, px. */
const MAX_HEIGHT = 10_000;

/** Reads what `getState` gave back; whatever is not understood is as if never saved. */
export function readSavedState(value: unknown): SavedState {
	const fields = isFields(value) ? value : {};
	const { selected, filters, query, isTableOpen, isFinishedShown, areBucketsShown } = fields;
	return {
		view: readView(fields.view),
		selected: isString(selected) ? selected : null,
		filters: isFields(filters) ? readFilters({ ...NO_FILTERS, ...filters }) : null,
		query: isString(query) ? query : "",
		isTableOpen: isTableOpen === true,
		timeline: readTimeline(fields.timeline),
		isReplayOpen: fields.isReplayOpen === true,
		isFinishedShown: isFinishedShown === true,
		areBucketsShown: areBucketsShown === true,
		places: readPlaces(fields.places),
	};
}

/** Plain data for `setState`. */
export function writeSavedState(state: SavedState): unknown {
	return { ...state, places: [...state.places].slice(-MAX_SAVED_PLACES) };
}

function readTimeline(value: unknown): SavedTimeline {
	const { isOpen, height } = isFields(value) ? value : {};
	const isHeight = isNumber(height) && height >= LEAST_HEIGHT && height <= MAX_HEIGHT;
	return { isOpen: isOpen === true, height: isHeight ? height : null };
}

function readView(value: unknown): SavedView | null {
	if (!isFields(value)) return null;
	const { k, stretch, x, y, sessions } = value;
	const isZoom = isNumber(k) && k >= MIN_ZOOM && k <= MAX_ZOOM;
	const isStretch = isNumber(stretch) && stretch >= 1 && stretch <= MAX_STRETCH;
	if (!isZoom || !isStretch || !isNumber(x) || !isNumber(y) || !isArrayOf(isString)(sessions))
		return null;
	return { k, stretch, x, y, sessions: sessions as readonly string[] };
}

function readPlaces(value: unknown): SavedState["places"] {
	const places = new Map<string, readonly [number, number]>();
	if (!Array.isArray(value)) return places;
	for (const entry of value.slice(0, MAX_SAVED_PLACES)) {
		if (!Array.isArray(entry) || !isString(entry[0]) || !Array.isArray(entry[1])) continue;
		const [x, y] = entry[1];
		if (isNumber(x) && isNumber(y)) places.set(entry[0], [x, y]);
	}
	return places;
}
