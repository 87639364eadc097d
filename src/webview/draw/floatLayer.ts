import { floatAlpha, floatRise } from "../scene/curves.ts";
import type { Float } from "../scene/floats.ts";
import { isSession } from "../scene/sceneNode.ts";
import { CHIP_HEIGHT } from "./labels/chipPlan.ts";
import { casedText, type Painter } from "./painter.ts";

/** Names of tools that float up from the nodes that called them. */
export function drawFloats(painter: Painter, floats: readonly Float[]): void {
	const { context, palette, fonts, now, moves } = painter;
	context.font = fonts.float;
	context.textAlign = "center";
	context.textBaseline = "alphabetic";
	context.lineWidth = 4;
	context.lineJoin = "round";
	for (const float of floats) {
		const { node } = float;
		const age = now - float.startedAt;
		// A chip above the node keeps its place; the name starts above it.
		const { chip } = node;
		const isCovered = chip !== null && Math.abs(chip.dx) < chip.width / 2 && chip.dy < 0;
		const top = isCovered ? node.screenY + chip.dy - CHIP_HEIGHT / 2 - 4 : Number.POSITIVE_INFINITY;
		const base = Math.min(top, topOf(node.screenY, node));
		context.globalAlpha = node.alpha * floatAlpha(age, moves);
		context.fillStyle = (isSession(node) ? palette.gold : palette.family[node.family]).text;
		const { text } = painter.texts.fit(float.text, fonts.float, 140);
		casedText(painter, text, node.screenX, base - floatRise(age, moves));
	}
	context.globalAlpha = 1;
}

function topOf(y: number, node: Float["node"]): number {
	const rim = isSession(node) ? node.screenRadius * 0.3 : 0;
	return y - node.screenRadius - rim - 8;
}
