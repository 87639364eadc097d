import type { SceneNode } from "../scene/sceneNode.ts";
import { ENDINGS, type Ending } from "../text/words.ts";
import { circle, type Painter } from "./painter.ts";

/** How an agent ended, as far as a sign can tell it. */
type Sign = Ending | "lost" | "folded";

const SIGNS: readonly Sign[] = [...ENDINGS, "lost", "folded"];

/** Agents that ended: an outline in the colour of the outcome, with a sign of its own for each. */
export function drawGhosts(painter: Painter): void {
	const { context, palette } = painter;
	const bySign = new Map<Sign, SceneNode[]>();
	for (const node of painter.nodes) {
		if (!node.isGhost) continue;
		const sign = signOf(node);
		const alike = bySign.get(sign);
		if (alike === undefined) bySign.set(sign, [node]);
		else alike.push(node);
	}
	for (const sign of SIGNS) {
		const ink = palette.ending[sign === "lost" || sign === "folded" ? "none" : sign];
		for (const node of bySign.get(sign) ?? []) {
			context.globalAlpha = node.alpha;
			context.strokeStyle = ink.line;
			drawOutline(painter, node, sign);
			if (sign !== "folded") drawSign(painter, node, sign);
		}
	}
	context.globalAlpha = 1;
}

function signOf({ view, folded }: SceneNode): Sign {
	if (folded > 0) return "folded";
	return view.state === "lost" ? "lost" : (view.outcome ?? "none");
}

/** On the ground, so that no edge runs through it. */
function drawOutline({ context, palette }: Painter, node: SceneNode, sign: Sign): void {
	context.beginPath();
	circle(context, node.screenX, node.screenY, node.screenRadius);
	context.fillStyle = palette.ground;
	context.fill();
	context.lineWidth = 1.3;
	context.setLineDash(sign === "lost" ? [2, 2.5] : []);
	context.stroke();
	context.setLineDash([]);
	if (sign !== "folded") return;
	// A second rim: there is more than one below.
	context.beginPath();
	circle(context, node.screenX, node.screenY, node.screenRadius + 3);
	context.lineWidth = 1;
	context.stroke();
}

/** Strokes over a radius of 1, each from point to point. */
const STROKES: Record<Exclude<Sign, "folded">, readonly (readonly number[])[]> = {
	functional: [[-0.45, 0.02, -0.12, 0.36, 0.48, -0.36]],
	partial: [[-0.45, 0, 0.45, 0]],
	scaffolding: [[-0.36, -0.36, 0.36, -0.36, 0.36, 0.36, -0.36, 0.36, -0.36, -0.36]],
	fail: [
		[-0.38, -0.38, 0.38, 0.38],
		[-0.38, 0.38, 0.38, -0.38],
	],
	none: [],
	lost: [],
};

function drawSign({ context }: Painter, node: SceneNode, sign: Exclude<Sign, "folded">): void {
	const { screenX, screenY, screenRadius } = node;
	context.lineWidth = 1.5;
	context.beginPath();
	for (const points of STROKES[sign]) {
		for (let i = 0; i < points.length; i += 2) {
			const x = screenX + (points[i] ?? 0) * screenRadius;
			const y = screenY + (points[i + 1] ?? 0) * screenRadius;
			if (i === 0) context.moveTo(x, y);
			else context.lineTo(x, y);
		}
	}
	context.stroke();
}
