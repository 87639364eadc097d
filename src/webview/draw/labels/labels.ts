import { formatTimeOfDay } from "../../../model/views/format.ts";
import { FAIL_CHIP_MS } from "../../scene/curves.ts";
import { isSession, type SceneNode } from "../../scene/sceneNode.ts";
import { isolated } from "../../text/clip.ts";
import { subtitleOf, titleOf } from "../../text/words.ts";
import type { DrawContext } from "../drawContext.ts";
import type { Fonts } from "../painter.ts";
import { type Painter, SUBTITLE_WIDTH, TITLE_WIDTH } from "../painter.ts";
import { rimReach } from "../rims.ts";
import type { ScreenBox } from "./boxGrid.ts";
import { planBuckets } from "./buckets.ts";
import type { ChipSpot } from "./chipPlan.ts";
import { chipWish, sharedChipWidth } from "./chips.ts";
import {
	ALWAYS,
	ALWAYS_WHOLE,
	LABEL_GAP,
	LabelPlan,
	type LabelWish,
	SUBTITLE_HEIGHT,
	TITLE_HEIGHT,
} from "./labelPlan.ts";
import type { Measured, TextCache } from "./textCache.ts";

/** Time in which a label comes or goes, ms. */
const FADE_MS = 160;
/** Below this zoom only those labels are shown that say something special, from this priority on. */
const LEAST_ZOOM = 0.3;
const SPECIAL = 30;
/** How far what lies below the label of a node that is looked at is hidden. */
const UNCOVERED = 0.82;

export function measureTitle(node: SceneNode, texts: TextCache, fonts: Fonts): Measured {
	const font = isSession(node) ? fonts.session : fonts.title;
	return texts.fit(titleOf(node.view), font, TITLE_WIDTH);
}

/** Without what it is doing, so that the room it asks for does not change with every call. */
export function measureSubtitle(node: SceneNode, texts: TextCache, fonts: Fonts): Measured {
	return texts.fit(taskOf(node), fonts.subtitle, SUBTITLE_WIDTH);
}

/** What an agent is doing stands in place of its task, and beside a session's folder. */
function secondLine(node: SceneNode): string {
	const { doing, isGhost } = node;
	if (isGhost) return "";
	if (!isSession(node)) return doing || taskOf(node);
	if (doing === "") return taskOf(node);
	return [isolated(taskOf(node)), doing].filter(Boolean).join(" · ");
}

/** The task of an agent; the folder of a session, with its client or start where others have another, or its own. */
export function taskOf({ view, isNamesake, client }: SceneNode): string {
	const more = [client?.title, isNamesake && formatTimeOfDay(view.startedAt)].filter(Boolean);
	const subtitle = subtitleOf(view);
	if (more.length === 0) return subtitle;
	// In a line of markup the style sheet does this.
	return [isolated(subtitle), ...more].join(" · ");
}

function measureSecondLine(node: SceneNode, texts: TextCache, fonts: Fonts): Measured {
	const width = isSession(node) ? TITLE_WIDTH + SUBTITLE_WIDTH : SUBTITLE_WIDTH;
	return texts.fit(secondLine(node), fonts.subtitle, width);
}

type LineVisitor = (text: string, x: number, y: number, node: SceneNode, isTitle: boolean) => void;

function prepare(context: DrawContext): void {
	context.textAlign = "center";
	context.textBaseline = "alphabetic";
}

/** Lines below nodes. Which are shown is planned anew only when something has moved. */
export class Labels {
	readonly #plan = new LabelPlan();

	plan(painter: Painter): void {
		const wishes = painter.nodes.map((node) => wishOf(painter, node));
		const shared = sharedChipWidth(painter);
		const { lines, shifts, covering, chips } = this.#plan.plan(wishes, painter.frame, shared);
		setChips(painter.nodes, wishes, chips, shared);
		painter.nodes.forEach((node, index) => {
			node.lines = lines[index] ?? 0;
			node.labelShift = shifts[index]?.whole ?? 0;
			node.titleShift = shifts[index]?.title ?? 0;
			node.isLabelCovering = covering.has(index);
			const { titleWidth = 0, subtitleWidth = 0 } = wishes[index] ?? {};
			const second = node.lines === 2 ? secondReach(painter, node, subtitleWidth) : 0;
			node.labelReach = Math.max(titleWidth, second) / 2;
		});
		const inOrder = painter.nodes
			.map((node, index) => ({ node, priority: wishes[index]?.priority ?? 0 }))
			.sort((a, b) => b.priority - a.priority);
		for (const { node } of inOrder) planBuckets(painter, node, reach(node), this.#plan.grid);
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
	 * A soft edge of the ground around the letters to come, and the whole of the ground where an edge
	 * runs below them: it is broken there. A layer of its own, so that rings and glows are not cut.
	 */
	drawCasings(painter: Painter): void {
		const { context, palette } = painter;
		context.fillStyle = palette.ground;
		for (const node of painter.nodes) {
			const box = node.isLabelCrossed ? labelBoxOf(node) : null;
			if (box === null) continue;
			context.globalAlpha = node.labelAlpha * node.presence;
			context.beginPath();
			context.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 5);
			context.fill();
		}
		prepare(context);
		context.lineJoin = "round";
		context.lineWidth = 4;
		context.strokeStyle = palette.ground;
		this.#eachLine(painter, (text, x, y) => context.strokeText(text, x, y));
	}

	draw(painter: Painter): void {
		const { context, palette, now } = painter;
		prepare(context);
		this.#uncover(painter);
		this.#eachLine(painter, (text, x, y, node, isTitle) => {
			const isPlain = isTitle && node.lostAt > now && !node.isGhost;
			context.fillStyle = isPlain ? palette.text : palette.dimText;
			context.fillText(text, x, y);
		});
	}

	/** Sessions and what is looked at are named whatever their names cover, which is hidden for that. */
	#uncover({ context, palette, nodes }: Painter): void {
		context.fillStyle = palette.ground;
		for (const node of nodes) {
			const box = node.isLabelCovering ? labelBoxOf(node) : null;
			if (box === null) continue;
			context.globalAlpha = UNCOVERED * node.labelAlpha * node.presence;
			context.beginPath();
			context.roundRect(box.left, box.top, box.right - box.left, box.bottom - box.top, 5);
			context.fill();
		}
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
				const measure = isTitle ? measureTitle : measureSecondLine;
				const height = TITLE_HEIGHT + (isTitle ? 0 : SUBTITLE_HEIGHT) - 4;
				const { text } = measure(node, texts, fonts);
				const x = node.screenX + (isTitle ? node.titleShift : node.labelShift);
				visit(text, x, labelTop(node) + height, node, isTitle);
			}
		}
		context.globalAlpha = 1;
	}
}

function setChips(
	nodes: readonly SceneNode[],
	wishes: readonly LabelWish[],
	chips: readonly ChipSpot[],
	shared: number,
): void {
	for (const node of nodes) node.chip = null;
	for (const { x, y, slot, members } of chips) {
		const [index = -1] = members;
		const node = nodes[index];
		if (node === undefined) continue;
		const count = members.length;
		const width = count > 1 ? shared : (wishes[index]?.chip?.width ?? 0);
		node.chip = { dx: x - node.screenX, dy: y - node.screenY, width, slot, count };
	}
}

/** Width of the ring around a node that waits, which its label keeps clear of; px. */
const WAIT_RING = 6;

/** Labels keep to the resting radius: they must not hop with every pulse. */
function reach(node: SceneNode): number {
	const ring = node.view.waiting === null ? 0 : WAIT_RING;
	return node.restRadius * (isSession(node) ? 1.3 : 1) + ring + rimReach(node);
}

/** What a node's label takes of the screen, px; null without one. */
export function labelBoxOf(node: SceneNode): ScreenBox | null {
	if (node.lines === 0) return null;
	const top = labelTop(node);
	const middle = node.screenX + node.labelShift;
	return {
		left: middle - node.labelReach - 2,
		right: middle + node.labelReach + 2,
		top,
		bottom: top + TITLE_HEIGHT + (node.lines === 2 ? SUBTITLE_HEIGHT : 0) - 1,
	};
}

function labelTop(node: SceneNode): number {
	return node.screenY + reach(node) + LABEL_GAP;
}

/** As wide as with its task: edges are not to move with every call. */
function secondReach({ texts, fonts }: Painter, node: SceneNode, subtitleWidth: number): number {
	const task = node.isGhost ? 0 : measureSubtitle(node, texts, fonts).width;
	return Math.max(subtitleWidth, task);
}

function wishOf(painter: Painter, node: SceneNode): LabelWish {
	const { texts, fonts } = painter;
	const priority = priorityOf(painter, node);
	// From so far away most ask for no line: nothing is measured for them, and no room looked for.
	const { k, stretch } = painter.view;
	const isTold = k * stretch >= LEAST_ZOOM || priority >= SPECIAL;
	const hasSecond = isTold && secondLine(node) !== "";
	return {
		x: node.screenX,
		y: node.screenY,
		radius: reach(node),
		chip: chipWish(node, painter),
		titleWidth: isTold ? measureTitle(node, texts, fonts).width : 0,
		subtitleWidth: hasSecond ? measureSecondLine(node, texts, fonts).width : 0,
		priority,
	};
}

function priorityOf(painter: Painter, node: SceneNode): number {
	if (node === painter.selected) return ALWAYS_WHOLE + 10;
	if (node === painter.hovered || node === painter.current) return ALWAYS_WHOLE;
	if (isSession(node)) return ALWAYS;
	if (node.view.waiting !== null) return 60;
	if (painter.now - node.failAt < FAIL_CHIP_MS) return 50;
	if (node.isMatch) return 35;
	if (node.isGhost) return node.folded > 0 ? SPECIAL : -1;
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
