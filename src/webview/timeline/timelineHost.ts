import type { PageMessage } from "../../protocol/messages.ts";
import type { Palette } from "../draw/colors/palette.ts";
import type { PageModel } from "../state/pageModel.ts";
import type { Recordings } from "../state/recordings.ts";

/** What the timeline needs of the page around it. */
export interface TimelineHost {
	readonly model: PageModel;
	readonly recordings: Recordings;
	palette(): Palette;
	/** Puts it below the picture. */
	attach(element: HTMLElement): void;
	select(key: string | null): void;
	post(message: PageMessage): void;
	/** It was opened, closed, or made higher: that is to be kept. */
	onChange(): void;
	/** Leaves the focus with the button that opens it. */
	onClosed(): void;
}
