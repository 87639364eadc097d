import { toolName } from "../../../model/views/doing.ts";
import type { ToolCount } from "../../../model/views/view.ts";
import { type Bucket, isSession, type SceneNode } from "../../scene/sceneNode.ts";
import { clip, isolated } from "../../text/clip.ts";
import { formatCount } from "../../text/numbers.ts";
import { circle, type Painter } from "../painter.ts";
import type { BoxGrid } from "./boxGrid.ts";
import { DOT_RADIUS, isTextRight, placeBuckets, TEXT_GAP } from "./bucketPlan.ts";

/** Widest name of a tool, px. */
const NAME_WIDTH = 130;
/** Below this zoom discs are closer than the words between them are long. */
const LEAST_ZOOM = 0.45;
/** Half of a cross, px. */
const CROSS = 3;

/**
 * Gives the buckets of a node their places.
 *
 * @param radius of what is drawn around its centre, px
 * @param grid everything that they have to keep clear of; they are added to it
 */
export function planBuckets(
	painter: Painter,
	node: SceneNode,
	radius: number,
	grid: BoxGrid,
): void {
	const isShown =
		painter.showsBuckets && painter.view.k * painter.view.stretch >= LEAST_ZOOM && !node.isGhost;
	const wishes = isShown ? node.view.tools.map((count) => wishOf(painter, node, count)) : [];
	const { screenX: x, screenY: y } = node;
	const isLeft = node.parent !== null && node.parent.screenX > x;
	node.buckets = placeBuckets({ x, y, radius, isLeft, wishes }, grid, painter.frame);
}

function wishOf({ texts, fonts }: Painter, { buckets }: SceneNode, count: ToolCount) {
	const { tool, calls, failures } = count;
	const failed = failures === 0 ? "" : ` · ${formatCount(failures)} ✕`;
	// Only the name is cut where it is long: the numbers are what it is there for.
	const name = texts.fit(isolated(clip(toolName(tool), 60)), fonts.subtitle, NAME_WIDTH);
	const text = `${name.text} × ${formatCount(calls)}${failed}`;
	const { width } = texts.fit(text, fonts.subtitle, 2 * NAME_WIDTH);
	const slot = buckets.find((bucket) => bucket.tool === tool)?.slot ?? -1;
	return { tool, text, width, hasFailed: failures > 0, slot };
}

/** Small nodes at the agents that called their tools: a dot, or a cross where a call failed. */
export function drawBuckets(painter: Painter): void {
	const { context, palette, fonts } = painter;
	context.font = fonts.subtitle;
	context.textBaseline = "middle";
	for (const node of painter.nodes) {
		if (node.buckets.length === 0) continue;
		const ink = isSession(node) ? palette.gold : palette.family[node.family];
		context.globalAlpha = node.alpha;
		for (const bucket of node.buckets) {
			drawStem(painter, node, bucket, ink.line);
			drawDot(painter, node, bucket, bucket.hasFailed ? palette.red.line : ink.line);
			drawText(painter, node, bucket);
		}
	}
	context.globalAlpha = 1;
}

/** From the disc to the dot, thinner than any edge. */
function drawStem({ context }: Painter, node: SceneNode, { dx, dy }: Bucket, color: string): void {
	const length = Math.hypot(dx, dy);
	const from = node.screenRadius / length;
	const to = 1 - DOT_RADIUS / length;
	const alpha = context.globalAlpha;
	context.globalAlpha = alpha * 0.5;
	context.strokeStyle = color;
	context.lineWidth = 1;
	context.beginPath();
	context.moveTo(node.screenX + dx * from, node.screenY + dy * from);
	context.lineTo(node.screenX + dx * to, node.screenY + dy * to);
	context.stroke();
	context.globalAlpha = alpha;
}

function drawDot({ context }: Painter, node: SceneNode, bucket: Bucket, color: string): void {
	const x = node.screenX + bucket.dx;
	const y = node.screenY + bucket.dy;
	context.beginPath();
	context.strokeStyle = context.fillStyle = color;
	if (!bucket.hasFailed) {
		circle(context, x, y, DOT_RADIUS);
		context.fill();
		return;
	}
	context.lineWidth = 2;
	context.moveTo(x - CROSS, y - CROSS);
	context.lineTo(x + CROSS, y + CROSS);
	context.moveTo(x - CROSS, y + CROSS);
	context.lineTo(x + CROSS, y - CROSS);
	context.stroke();
}

/** On the ground, so that no edge runs through it. */
function drawText({ context, palette }: Painter, node: SceneNode, bucket: Bucket): void {
	const isRight = isTextRight(bucket.dx);
	const x = node.screenX + bucket.dx + (isRight ? TEXT_GAP : -TEXT_GAP);
	const y = node.screenY + bucket.dy;
	context.fillStyle = palette.ground;
	context.fillRect(isRight ? x - 2 : x - bucket.width - 2, y - 7, bucket.width + 4, 14);
	context.fillStyle = bucket.hasFailed ? palette.red.text : palette.dimText;
	context.textAlign = isRight ? "left" : "right";
	context.fillText(bucket.text, x, y + 0.5);
}
