import { FAIL_CHIP_MS, failChipAlpha } from "../../scene/curves.ts";
import { type ChipPlace, isSession, type SceneNode } from "../../scene/sceneNode.ts";
import { formatAge } from "../../text/numbers.ts";
import { endingWord } from "../../text/words.ts";
import type { Ink } from "../colors/palette.ts";
import type { Painter } from "../painter.ts";
import { CHIP_HEIGHT } from "./chipPlan.ts";
import type { LabelWish } from "./labelPlan.ts";

const CHIP_WIDTH = 170;
const CHIP_PADDING = 9;
/** Zoom below which chips are short. */
const CLOSE = 0.75;

/** A word above a node: what it waits for, what failed, how it ended. */
interface Chip {
	readonly text: string;
	readonly ink: Ink;
	readonly alpha: number;
}

/** The chip a node wears at the moment, if any; an end outweighs a wait, a wait a failure. */
function chipOf(node: SceneNode, painter: Painter): Chip | null {
	const { palette, now, moves } = painter;
	if (now >= node.endAt) {
		if (isSession(node)) return null;
		const ending = node.view.state === "lost" ? "none" : (node.view.outcome ?? "none");
		const text = node.view.state === "lost" ? "lost" : endingWord(ending);
		return { text, ink: palette.ending[ending], alpha: node.alpha };
	}
	const { waiting } = node.view;
	if (waiting !== null) {
		const age = formatAge(painter.hostNow - waiting.since);
		const words = isTerse(node, painter) ? "waiting" : "waiting for you";
		return { text: `${words} · ${age}`, ink: palette.amber, alpha: node.alpha };
	}
	const age = now - node.failAt;
	if (age < 0 || age >= FAIL_CHIP_MS) return null;
	const alpha = node.alpha * (moves ? failChipAlpha(age) : 1);
	return { text: node.failText, ink: palette.red, alpha };
}

/** In a crowd, or where everybody stands close, a long chip would cover its neighbours. */
function isTerse(node: SceneNode, { crowd, view, hovered, selected }: Painter): boolean {
	const isClose = crowd > 0.3 || view.k * view.stretch < CLOSE;
	return isClose && node !== hovered && node !== selected;
}

/** Width of a chip with that text, px. */
function widthOf(text: string, { texts, fonts }: Painter): number {
	return texts.fit(text, fonts.chip, CHIP_WIDTH).width + 2 * CHIP_PADDING;
}

/** What a node's chip asks of the plan; null without one. */
export function chipWish(node: SceneNode, painter: Painter): LabelWish["chip"] {
	const chip = chipOf(node, painter);
	if (chip === null) return null;
	const isWait = node.view.waiting !== null && painter.now < node.endAt;
	return { width: widthOf(chip.text, painter), isWait, slot: node.chip?.slot ?? 0 };
}

/** Of the chip that says how many wait. */
export function sharedChipWidth(painter: Painter): number {
	return widthOf(sharedText(99), painter);
}

function sharedText(count: number): string {
	return `${count} wait`;
}

export function drawChips(painter: Painter): void {
	const { context, fonts } = painter;
	context.font = fonts.chip;
	context.textAlign = "center";
	context.textBaseline = "middle";
	context.lineWidth = 1;
	for (const node of painter.nodes) {
		const chip = node.chip === null ? null : chipOf(node, painter);
		if (chip !== null && node.chip !== null) drawChip(painter, node, node.chip, chip);
	}
	context.globalAlpha = 1;
}

/** Opaque: whatever lies below would make the word hard to read. */
function drawChip(painter: Painter, node: SceneNode, place: ChipPlace, chip: Chip): void {
	const { context, texts, fonts } = painter;
	const isShared = place.count > 1;
	const words = isShared ? sharedText(place.count) : chip.text;
	const { text, width } = texts.fit(words, fonts.chip, CHIP_WIDTH);
	const x = node.screenX + place.dx;
	const y = node.screenY + place.dy;
	context.globalAlpha = chip.alpha;
	context.beginPath();
	context.roundRect(
		x - width / 2 - CHIP_PADDING,
		y - CHIP_HEIGHT / 2,
		width + 2 * CHIP_PADDING,
		CHIP_HEIGHT,
		CHIP_HEIGHT / 2,
	);
	context.fillStyle = chip.ink.tint;
	context.fill();
	context.strokeStyle = chip.ink.line;
	context.stroke();
	context.fillStyle = chip.ink.text;
	context.fillText(text, x, y + 0.5);
}
