import { FAIL_CHIP_MS } from "../scene/curves.ts";
import { isSession, type SceneNode } from "../scene/sceneNode.ts";
import { subtitleOf, titleOf } from "../text/words.ts";
import {
	ALWAYS,
	LABEL_GAP,
	LabelPlan,
	type LabelWish,
	SUBTITLE_HEIGHT,
	TITLE_HEIGHT,
} from "./labelPlan.ts";
import type { Fonts } from "./painter.ts";
import { casedText, type Painter, SUBTITLE_WIDTH, TITLE_WIDTH } from "./painter.ts";
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

	/** Gives back whether a label is still coming or going. */
	draw(painter: Painter, elapsed: number): boolean {
		const { context, fonts } = painter;
		let isChanging = false;
		context.textAlign = "center";
		context.textBaseline = "alphabetic";
		context.lineJoin = "round";
		context.lineWidth = 4;
		for (const node of painter.nodes) {
			isChanging = fade(node, elapsed, painter.moves) || isChanging;
			if (node.labelAlpha > 0) this.#drawTitle(painter, node);
		}
		context.font = fonts.subtitle;
		context.fillStyle = painter.palette.dimText;
		for (const node of painter.nodes) {
			if (node.labelAlpha > 0 && node.lines === 2) this.#drawSubtitle(painter, node);
		}
		context.globalAlpha = 1;
		return isChanging;
	}

	#drawTitle(painter: Painter, node: SceneNode): void {
		const { context, palette, texts, fonts } = painter;
		const { text } = measureTitle(node, texts, fonts);
		context.font = isSession(node) ? fonts.session : fonts.title;
		context.fillStyle = node.lostAt <= painter.now ? palette.dimText : palette.text;
		context.globalAlpha = node.alpha * node.labelAlpha;
		casedText(painter, text, node.screenX, labelTop(node) + TITLE_HEIGHT - 4);
	}

	#drawSubtitle(painter: Painter, node: SceneNode): void {
		const { text } = measureSubtitle(node, painter.texts, painter.fonts);
		painter.context.globalAlpha = node.alpha * node.labelAlpha;
		const y = labelTop(node) + TITLE_HEIGHT + SUBTITLE_HEIGHT - 4;
		casedText(painter, text, node.screenX, y);
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
	if (isSession(node)) return 40;
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
