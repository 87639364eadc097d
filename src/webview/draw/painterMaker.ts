import { clamp } from "../scene/curves.ts";
import type { SceneNode } from "../scene/sceneNode.ts";
import type { LabelSize } from "../scene/seats/footprint.ts";
import type { Palette } from "./colors/palette.ts";
import { measureSubtitle, measureTitle } from "./labels/labels.ts";
import { TextCache } from "./labels/textCache.ts";
import { type Fonts, makeFonts, type Painter } from "./painter.ts";
import { isInView } from "./renderer.ts";
import type { Surface } from "./view/surface.ts";

/** What of a painter the moment tells. */
type Moment = Pick<Painter, "view" | "now" | "hostNow" | "moves" | "showsBuckets">;

/** Makes what each frame is painted with: colours and texts of the theme, and who is looked at. */
export class PainterMaker {
	/** Keys of who is selected, and of the match that a search has led to. */
	selected: string | null = null;
	current: string | null = null;
	hovered: SceneNode | null = null;
	readonly #texts = new TextCache();
	readonly #visible: SceneNode[] = [];
	#palette: Palette;
	#fonts: Fonts;

	constructor(palette: Palette) {
		this.#palette = palette;
		this.#fonts = makeFonts(palette.fontFamily);
	}

	get palette(): Palette {
		return this.#palette;
	}

	set palette(palette: Palette) {
		this.#palette = palette;
		this.#fonts = makeFonts(palette.fontFamily);
		this.#texts.clear();
	}

	/** Widths of the lines of a node's label, px. */
	measure(node: SceneNode): LabelSize {
		return {
			title: measureTitle(node, this.#texts, this.#fonts).width,
			subtitle: measureSubtitle(node, this.#texts, this.#fonts).width,
		};
	}

	/** @param nodes those that are seen, by key; they are projected already */
	make(nodes: ReadonlyMap<string, SceneNode>, surface: Surface, moment: Moment): Painter {
		const { width, height, context, free } = surface;
		const find = (key: string | null) => (key === null ? null : (nodes.get(key) ?? null));
		this.#visible.length = 0;
		for (const node of nodes.values()) {
			if (isInView(node, width, height)) this.#visible.push(node);
		}
		return {
			context,
			palette: this.#palette,
			texts: this.#texts,
			fonts: this.#fonts,
			width,
			height,
			frame: free,
			crowd: clamp((nodes.size - 20) / 150, 0, 1),
			nodes: this.#visible,
			selected: find(this.selected),
			hovered: this.hovered,
			current: find(this.current),
			view: moment.view,
			now: moment.now,
			hostNow: moment.hostNow,
			moves: moment.moves,
			showsBuckets: moment.showsBuckets,
		};
	}
}
