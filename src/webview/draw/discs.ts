import { clamp, flashStrength } from "../scene/curves.ts";
import { isSession, type SceneNode } from "../scene/sceneNode.ts";
import { FAMILIES, type Family, letterOf } from "../text/words.ts";
import { circle, type Painter } from "./painter.ts";
import { traceShape } from "./shapes.ts";
import { discScale } from "./view/camera.ts";

/** Below this radius in px a letter would be smaller than 10.5 px or not fit. */
const LEAST_LETTER_RADIUS = 6.2;

/** The same for two letters. */
const LEAST_MARK_RADIUS = 9.5;

/** Discs with their letters. Those that look alike are drawn as one path. */
export function drawDiscs(painter: Painter): void {
	for (const family of FAMILIES) {
		const alike: SceneNode[] = [];
		for (const node of painter.nodes) {
			if (isSession(node) || node.isGhost || node.family !== family) continue;
			if (isPlain(node, painter.now)) alike.push(node);
			else drawAlone(painter, node);
		}
		drawGroup(painter, family, alike);
	}
	for (const node of painter.nodes) if (isSession(node)) drawSession(painter, node);
	drawMarks(painter);
	painter.context.globalAlpha = 1;
}

/** Whether a disc looks like all of its family: opaque, at work, in its own hue. */
function isPlain(node: SceneNode, now: number): boolean {
	return node.alpha === 1 && node.endAt > now && node.view.state !== "starting";
}

/** Two paths for a whole family: the cost of a frame hardly grows with the crowd. */
function drawGroup(painter: Painter, family: Family, nodes: readonly SceneNode[]): void {
	if (nodes.length === 0) return;
	const { context, palette } = painter;
	const ink = palette.family[family];
	context.globalAlpha = 1;
	context.beginPath();
	for (const node of nodes) traceDisc(painter, node);
	context.fillStyle = ink.tint;
	context.strokeStyle = ink.line;
	context.lineWidth = 1.5;
	context.fill();
	context.stroke();
	prepareLetters(painter, ink.text);
	for (const node of nodes) drawLetter(painter, node);
}

function drawAlone(painter: Painter, node: SceneNode): void {
	const { context, palette, now, moves } = painter;
	const ink = palette.family[node.family];
	const ending = palette.ending[node.view.outcome ?? "none"];
	const flash = flashStrength(now - node.endAt, moves);
	context.beginPath();
	traceDisc(painter, node);
	// The ground first: a disc that fades must not show the edges below it.
	context.globalAlpha = Math.min(1, node.alpha * 1.5);
	context.fillStyle = palette.ground;
	context.fill();
	context.globalAlpha = node.alpha;
	context.fillStyle = flash > 0 ? ending.solid : ink.tint;
	if (node.view.state !== "starting") context.fill();
	context.strokeStyle = flash > 0 ? ending.line : ink.line;
	context.lineWidth = 1.5;
	// An agent that was launched but has not spoken yet is an outline still.
	context.setLineDash(node.view.state === "starting" ? [3, 3] : []);
	context.stroke();
	context.setLineDash([]);
	prepareLetters(painter, flash > 0 ? palette.text : ink.text);
	drawLetter(painter, node);
}

/** Size, gold and rim tell a session from every agent. */
function drawSession(painter: Painter, node: SceneNode): void {
	const { context, palette } = painter;
	const { screenX, screenY, screenRadius } = node;
	context.globalAlpha = node.alpha;
	context.beginPath();
	circle(context, screenX, screenY, screenRadius);
	context.fillStyle = palette.ground;
	context.fill();
	context.fillStyle = isQuiet(node) ? palette.gold.solid : palette.gold.line;
	context.fill();
	context.beginPath();
	circle(context, screenX, screenY, screenRadius * 1.3);
	context.strokeStyle = palette.gold.line;
	context.lineWidth = 1.5;
	context.globalAlpha = node.alpha * (palette.isHighContrast ? 1 : 0.7);
	context.stroke();
}

function isQuiet({ view }: SceneNode): boolean {
	return ["idle", "done", "lost"].includes(view.state);
}

/** Whose session it is, by two letters, where the picture has sessions of several clients. */
function drawMarks(painter: Painter): void {
	const { context, palette, nodes } = painter;
	const marked = nodes.filter((node) => node.client !== null);
	if (marked.length === 0) return;
	prepareLetters(painter, palette.onGold.line, 14);
	for (const node of marked) {
		if (node.screenRadius < LEAST_MARK_RADIUS) continue;
		context.globalAlpha = node.alpha;
		context.fillStyle = isQuiet(node) ? palette.onGold.solid : palette.onGold.line;
		context.fillText(node.client?.mark ?? "", node.screenX, node.screenY + 0.5);
	}
}

function traceDisc({ context, palette }: Painter, node: SceneNode): void {
	const { screenX, screenY, screenRadius } = node;
	if (palette.isHighContrast) traceShape(context, node.family, screenX, screenY, screenRadius);
	else circle(context, screenX, screenY, screenRadius);
}

/** Setting a font is dear, so all letters of a family share one size. */
function prepareLetters({ context, view, palette }: Painter, color: string, px = 11): void {
	const size = clamp(px * discScale(view.k), 10.5, 17);
	context.font = `700 ${size.toFixed(1)}px ${palette.fontFamily}`;
	context.textAlign = "center";
	context.textBaseline = "middle";
	context.fillStyle = color;
}

function drawLetter({ context }: Painter, node: SceneNode): void {
	if (node.screenRadius < LEAST_LETTER_RADIUS) return;
	context.fillText(letterOf(node.family), node.screenX, node.screenY + 0.5);
}
