import { failStrength, flashStrength, pulseStrength } from "../scene/curves.ts";
import { isSession, type SceneNode } from "../scene/sceneNode.ts";
import { circle, type Painter } from "./painter.ts";

/** Halo over disc radius. */
const REACH = 4;
const SPRITE = 256;

/** Light around nodes: the glow of orchestrators, and the rings of pulses, failures and ends. */
export class Halos {
	#sprite: HTMLCanvasElement | null = null;
	#color = "";

	draw(painter: Painter): void {
		const { context, palette } = painter;
		for (const node of painter.nodes) {
			if (isSession(node) && !palette.isHighContrast) this.#glow(painter, node);
			this.#rings(painter, node);
		}
		context.globalAlpha = 1;
	}

	/** Idle sessions glow less: the eye is to go where something happens. */
	#glow(painter: Painter, node: SceneNode): void {
		const radius = node.screenRadius * REACH;
		const isAtRest = ["idle", "done", "lost"].includes(node.view.state);
		const strength = isAtRest ? 0.45 : 1;
		painter.context.globalAlpha = node.alpha * strength;
		painter.context.drawImage(
			this.#glowSprite(painter.palette.gold.line),
			node.screenX - radius,
			node.screenY - radius,
			radius * 2,
			radius * 2,
		);
	}

	/** Gradients are dear to draw: one picture of the glow serves all. */
	#glowSprite(color: string): HTMLCanvasElement {
		if (this.#sprite !== null && this.#color === color) return this.#sprite;
		const sprite = document.createElement("canvas");
		sprite.width = sprite.height = SPRITE;
		const context = sprite.getContext("2d");
		if (context !== null) {
			const middle = SPRITE / 2;
			const gradient = context.createRadialGradient(middle, middle, 0, middle, middle, middle);
			const transparent = color.replace("rgb(", "rgba(").replace(")", ", ");
			for (const [stop, alpha] of GLOW_STOPS)
				gradient.addColorStop(stop, `${transparent}${alpha})`);
			context.fillStyle = gradient;
			context.fillRect(0, 0, SPRITE, SPRITE);
		}
		this.#sprite = sprite;
		this.#color = color;
		return sprite;
	}

	/** Rings lie outside the disc, so that the letter stays readable through every sign. */
	#rings(painter: Painter, node: SceneNode): void {
		const { context, palette, now, moves } = painter;
		const pulse = pulseStrength(now - node.pulseAt, moves);
		const ink = isSession(node) ? palette.gold : palette.family[node.family];
		const fail = failStrength(now - node.failAt, moves);
		if (pulse > 0 && fail === 0) ring(painter, node, ink.line, 5, 5, 0.38 * pulse);
		if (fail > 0) ring(painter, node, palette.red.line, 7, 4, 0.75 * fail);
		const flash = flashStrength(now - node.endAt, moves);
		if (flash === 0) return;
		context.globalAlpha = 0.3 * flash * node.alpha;
		context.fillStyle = palette.ending[node.view.outcome ?? "none"].line;
		context.beginPath();
		circle(context, node.screenX, node.screenY, node.screenRadius + 13 * (moves ? flash : 1));
		context.fill();
	}
}

/** Falls off faster than linearly, as light does; a linear one looks like a flat plate. */
const GLOW_STOPS: readonly (readonly [number, number])[] = [
	[0, 0.55],
	[0.25, 0.42],
	[0.45, 0.2],
	[0.7, 0.07],
	[1, 0],
];

function ring(
	{ context }: Painter,
	node: SceneNode,
	color: string,
	gap: number,
	width: number,
	alpha: number,
): void {
	context.globalAlpha = alpha * node.alpha;
	context.strokeStyle = color;
	context.lineWidth = width;
	context.beginPath();
	circle(context, node.screenX, node.screenY, node.screenRadius + gap);
	context.stroke();
}
