import type { TimelineRow } from "../../../model/timeline/timelineRow.ts";
import type { Turn } from "../../../model/timeline/turns.ts";
import type { Ink, Palette } from "../../draw/colors/palette.ts";
import type { TextCache } from "../../draw/labels/textCache.ts";
import { familyOf } from "../../text/words.ts";
import type { Geometry } from "../geometry.ts";

/** What every layer of the timeline is given to draw one frame. */
export interface TimelinePainter {
	readonly context: CanvasRenderingContext2D;
	readonly palette: Palette;
	readonly texts: TextCache;
	readonly fonts: TimelineFonts;
	readonly geometry: Geometry;
	/** Rows that can be seen. */
	readonly rows: readonly TimelineRow[];
	readonly turns: readonly Turn[];
	/** Where what goes on has come to, ms since the epoch. */
	readonly now: number;
	readonly isLive: boolean;
	/** The moment that is replayed, ms since the epoch; null while it is now. */
	readonly cursor: number | null;
	readonly selected: TimelineRow | null;
	/** tool_use_id of the selected call. */
	readonly selectedCall: string | null;
	readonly hovered: TimelineRow | null;
}

interface TimelineFonts {
	readonly axis: string;
	readonly title: string;
	readonly task: string;
	readonly letter: string;
	readonly word: string;
}

export function timelineFonts(family: string): TimelineFonts {
	return {
		axis: `400 10.5px ${family}`,
		title: `500 12px ${family}`,
		task: `400 11px ${family}`,
		letter: `700 10.5px ${family}`,
		word: `600 10.5px ${family}`,
	};
}

/** The hue of an agent, that of its model's family. */
export function inkOfRow({ view }: TimelineRow, palette: Palette): Ink {
	return view.kind === "session" ? palette.gold : palette.family[familyOf(view.model)];
}
