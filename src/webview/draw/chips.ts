import { FAIL_CHIP_MS, failChipAlpha } from "../scene/curves.ts";
import { isSession, type SceneNode } from "../scene/sceneNode.ts";
import { formatAge } from "../text/numbers.ts";
import { endingWord } from "../text/words.ts";
import type { Painter } from "./painter.ts";
import type { Ink } from "./palette.ts";

export const CHIP_HEIGHT = 18;
const CHIP_WIDTH = 170;
const CHIP_PADDING = 9;

/** A word above a node: what it waits for, what failed, how it ended. */
interface Chip {
	readonly text: string;
	readonly ink: Ink;
	readonly alpha: number;
}

/** The chip a node wears at the moment, if any; an end outweighs a wait, a wait a failure. */
export function chipOf(node: SceneNode, painter: Painter): Chip | null {
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

/** In a crowd a long chip would cover its neighbours. */
function isTerse(node: SceneNode, { crowd, hovered, selected }: Painter): boolean {
	return crowd > 0.3 && node !== hovered && node !== selected;
}

/** Width of a node's chip in px; 0 without one. */
export function chipWidth(node: SceneNode, painter: Painter): number {
	const chip = chipOf(node, painter);
	if (chip === null) return 0;
	return painter.texts.fit(chip.text, painter.fonts.chip, CHIP_WIDTH).width + 2 * CHIP_PADDING;
}

export function drawChips(painter: Painter): void {
	const { context, fonts } = painter;
	context.font = fonts.chip;
	context.textAlign = "center";
	context.textBaseline = "middle";
	context.lineWidth = 1;
	for (const node of painter.nodes) {
		const chip = chipOf(node, painter);
		if (chip !== null) drawChip(painter, node, chip);
	}
	context.globalAlpha = 1;
}

/** Opaque: whatever lies below would make the word hard to read. */
function drawChip(painter: Painter, node: SceneNode, chip: Chip): void {
	const { context, texts, fonts } = painter;
	const { text, width } = texts.fit(chip.text, fonts.chip, CHIP_WIDTH);
	const middle = chipMiddle(node);
	context.globalAlpha = chip.alpha;
	context.beginPath();
	context.roundRect(
		node.screenX - width / 2 - CHIP_PADDING,
		middle - CHIP_HEIGHT / 2,
		width + 2 * CHIP_PADDING,
		CHIP_HEIGHT,
		CHIP_HEIGHT / 2,
	);
	context.fillStyle = chip.ink.tint;
	context.fill();
	context.strokeStyle = chip.ink.line;
	context.stroke();
	context.fillStyle = chip.ink.text;
	context.fillText(text, node.screenX, middle + 0.5);
}

/** Height of the middle of a chip above its node; outside of every ring the node may wear. */
export function chipMiddle(node: SceneNode): number {
	const rim = isSession(node) ? node.screenRadius * 0.3 : 0;
	return node.screenY - node.screenRadius - rim - 14 - CHIP_HEIGHT / 2;
}
