import type { Picture } from "../picture.ts";
import type { PageModel } from "../state/pageModel.ts";
import type { ShownNodes } from "./shownNodes.ts";

/** What of the page the switches change. */
export interface Switched {
	readonly model: PageModel;
	readonly picture: Picture;
	readonly shown: ShownNodes;
	/** Text and controls follow, and it is remembered. */
	chosen(): void;
}

/** Shows the agents that ended as well, small, where they were; or hides them. */
export function toggleFinished(page: Switched): void {
	page.model.isFinishedShown = !page.model.isFinishedShown;
	page.shown.refilter();
	page.chosen();
}

/** Tells calls by a small node for each tool of an agent, or by names that float up. */
export function toggleBuckets(page: Switched): void {
	page.model.areBucketsShown = !page.model.areBucketsShown;
	page.picture.setBuckets(page.model.areBucketsShown);
	page.chosen();
}
