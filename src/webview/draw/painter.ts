import type { SceneNode } from "../scene/sceneNode.ts";
import type { Palette } from "./colors/palette.ts";
import type { DrawContext } from "./drawContext.ts";
import type { ScreenBox } from "./labels/boxGrid.ts";
import type { TextCache } from "./labels/textCache.ts";
import type { View } from "./view/camera.ts";

/** What every layer is given to draw one frame. */
export interface Painter {
	readonly context: DrawContext;
	readonly palette: Palette;
	readonly texts: TextCache;
	readonly fonts: Fonts;
	readonly view: View;
	/** CSS px. */
	readonly width: number;
	readonly height: number;
	/** The part of the picture that nothing lies over, px. */
	readonly frame: ScreenBox;
	/** Frame clock, ms. */
	readonly now: number;
	/** Host clock, ms since the epoch. */
	readonly hostNow: number;
	/** False under reduced motion. */
	readonly moves: boolean;
	/** Calls are told by small nodes at the agents, and not by names that float up. */
	readonly showsBuckets: boolean;
	/** 0 for a handful of nodes, 1 for a crowd: edges step back. */
	readonly crowd: number;
	/** Nodes in the picture, those out of view left out. */
	readonly nodes: readonly SceneNode[];
	readonly selected: SceneNode | null;
	readonly hovered: SceneNode | null;
	/** The match of a search that Enter has led to. */
	readonly current: SceneNode | null;
}

/** Fonts by role; none is smaller than 10.5 px on the screen. */
export interface Fonts {
	readonly session: string;
	readonly title: string;
	readonly subtitle: string;
	readonly chip: string;
	readonly float: string;
}

export function makeFonts(family: string): Fonts {
	return {
		session: `600 13px ${family}`,
		title: `500 12px ${family}`,
		subtitle: `400 10.5px ${family}`,
		chip: `600 10.5px ${family}`,
		float: `600 11px ${family}`,
	};
}

export const TITLE_WIDTH = 150;
export const SUBTITLE_WIDTH = 168;

export function circle(context: DrawContext, x: number, y: number, radius: number): void {
	context.moveTo(x + radius, y);
	context.arc(x, y, radius, 0, 2 * Math.PI);
}

/** Text on a soft edge of the ground, so that nothing runs through its letters. */
export function casedText(painter: Painter, text: string, x: number, y: number): void {
	const { context, palette } = painter;
	context.strokeStyle = palette.ground;
	context.strokeText(text, x, y);
	context.fillText(text, x, y);
}
