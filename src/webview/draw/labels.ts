import { FAIL_CHIP_MS } from "../scene/curves.ts";
import { isSession, type SceneNode } from "../scene/sceneNode.ts";
import { subtitleOf, titleOf } from "../text/words.ts";
import { chipWidth } from "./chips.ts";
import {
	ALWAYS,
	LABEL_GAP,
	LabelPlan,
	type LabelWish,
	SUBTITLE_HEIGHT,
	TITLE_HEIGHT,
} from "./labelPlan.ts";
import type { Fonts } from "./painter.ts";
import { type Painter, SUBTITLE_WIDTH, TITLE_WIDTH } from "./painter.ts";
import type { Measured, TextCache } from "./textCache.ts";

/** Time in which a label comes or goes, ms. */
const FADE_MS = 160;
/** Below this zoom only those labels are shown that say something special. */
const LEAST_ZOOM = 0.3;

export function measureTitle(node: SceneNode, texts: TextCache, fonts: Fonts): Measured {
	const font = isSession(node) ? fonts.session : fonts.title;
	return texts.fit(titleOf(node.view), font, TITLE_WIDTH);
}

export function measureSubtitle(node: SceneNode, texts: TextCache, fonts: Fonts): Measured {
	return texts.fit(subtitleOf(node.view), fonts.subtitle, SUBTITLE_WIDTH);
}

type LineVisitor = (text: string, x: number, y: number, node: SceneNode, isTitle: boolean) => void;

function prepare(context: CanvasRenderingContext2D): void {
	context.textAlign = "center";
	context.textBaseline = "alphabetic";
}

/** Lines below nodes. Which are shown is planned anew only when something has moved. */
export class Labels {
	readonly #plan = new LabelPlan();

	plan(painter: Painter): void {
		const wishes = painter.nodes.map((node) => wishOf(painter, node));
		const lines = this.#plan.plan(wishes);
		painter.nodes.forEach((node, index) => {
			const isTooFar = painter.view.k < LEAST_ZOOM && (wishes[index]?.priority ?? 0) < 30;
			node.lines = isTooFar ? 0 : (lines[index] ?? 0);
		});
	}

	/** Lets labels come and go; gives back whether one still does. */
	fade(painter: Painter, elapsed: number): boolean {
		let isChanging = false;
		for (const node of painter.nodes) {
			isChanging = fade(node, elapsed, painter.moves) || isChanging;
		}
		return isChanging;
	}

	/**
	 * A soft edge of the ground around the letters to come, so that no edge runs through them; a
	 * layer of its own, so that rings and glows are not cut by it.
	 */
	drawCasings(painter: Painter): void {
		const { context, palette } = painter;
		prepare(context);
		context.lineJoin = "round";
		context.lineWidth = 4;
		context.strokeStyle = palette.ground;
		this.#eachLine(painter, (text, x, y) => context.strokeText(text, x, y));
	}

	draw(painter: Painter): void {
		const { context, palette, now } = painter;
		prepare(context);
		this.#eachLine(painter, (text, x, y, node, isTitle) => {
			const isPlain = isTitle && node.lostAt > now;
			context.fillStyle = isPlain ? palette.text : palette.dimText;
			context.fillText(text, x, y);
		});
	}

	/** Visits titles, then second lines, each with its font and opacity set. */
	#eachLine(painter: Painter, visit: LineVisitor): void {
		const { context, nodes, texts, fonts } = painter;
		for (const isTitle of [true, false]) {
			for (const node of nodes) {
				if (node.labelAlpha === 0 || (!isTitle && node.lines < 2)) continue;
				const font = isTitle && isSession(node) ? fonts.session : fonts.title;
				context.font = isTitle ? font : fonts.subtitle;
				context.globalAlpha = node.labelAlpha * (node.isDimmed ? node.alpha : node.presence);
				const measure = isTitle ? measureTitle : measureSubtitle;
				const height = TITLE_HEIGHT + (isTitle ? 0 : SUBTITLE_HEIGHT) - 4;
				const { text } = measure(node, texts, fonts);
				visit(text, node.screenX, labelTop(node) + height, node, isTitle);
			}
		}
		context.globalAlpha = 1;
	}
}

/** Labels keep to the resting radius: they must not hop with every pulse. */
function reach(node: SceneNode): number {
	return node.restRadius * (isSession(node) ? 1.3 : 1);
}

function labelTop(node: SceneNode): number {
	return node.screenY + reach(node) + LABEL_GAP;
}

function wishOf(painter: Painter, node: SceneNode): LabelWish {
	const { texts, fonts } = painter;
	const subtitle = subtitleOf(node.view);
	return {
		x: node.screenX,
		y: node.screenY,
		radius: reach(node),
		chipWidth: chipWidth(node, painter),
		titleWidth: measureTitle(node, texts, fonts).width,
		subtitleWidth: subtitle === "" ? 0 : measureSubtitle(node, texts, fonts).width,
		priority: priorityOf(painter, node),
	};
}

function priorityOf(painter: Painter, node: SceneNode): number {
	if (node === painter.selected) return ALWAYS + 20;
	if (node === painter.hovered || node === painter.current) return ALWAYS + 10;
	if (node.view.waiting !== null) return 60;
	if (painter.now - node.failAt < FAIL_CHIP_MS) return 50;
	if (isSession(node)) return ALWAYS;
	if (node.isMatch) return 35;
	// Whoever has a label keeps it, so that labels do not flicker between equals.
	const had = node.lines > 0 ? 3 : 0;
	return had + (node.parent !== null && isSession(node.parent) ? 1 : 0);
}

function fade(node: SceneNode, elapsed: number, moves: boolean): boolean {
	const goal = node.lines > 0 ? 1 : 0;
	if (node.labelAlpha === goal) return false;
	const step = moves ? Math.max(elapsed, 8) / FADE_MS : 1;
	const gap = goal - node.labelAlpha;
	node.labelAlpha = Math.abs(gap) <= step ? goal : node.labelAlpha + Math.sign(gap) * step;
	return node.labelAlpha !== goal;
}
