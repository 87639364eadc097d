import { animate, drawnRadius, wearsChip } from "../scene/animate.ts";
import type { Float } from "../scene/floats.ts";
import { isSession, type SceneNode } from "../scene/sceneNode.ts";
import { drawDiscs } from "./discs.ts";
import { EdgeRoutes } from "./edgeRoutes.ts";
import { drawEdges } from "./edges.ts";
import { drawFloats } from "./floatLayer.ts";
import { drawGhosts } from "./ghostLayer.ts";
import { drawGrid } from "./grid.ts";
import { Halos } from "./halos.ts";
import { drawBuckets } from "./labels/buckets.ts";
import { drawChips } from "./labels/chips.ts";
import { Labels } from "./labels/labels.ts";
import { drawMarks } from "./marks.ts";
import type { Painter } from "./painter.ts";
import { drawRims } from "./rims.ts";
import { discScale, type View } from "./view/camera.ts";

/** Draws one frame, layer over layer. */
export class Renderer {
	readonly #halos = new Halos();
	readonly #labels = new Labels();
	readonly routes = new EdgeRoutes();

	/** Chips have come or gone in the last projection: labels have to be planned anew. */
	hasNewChips = false;

	/** Sets the screen place of every node; gives back whether a sign is still running. */
	project(nodes: Iterable<SceneNode>, view: View, now: number, moves: boolean): boolean {
		const scale = discScale(view.k);
		let isChanging = false;
		this.hasNewChips = false;
		for (const node of nodes) {
			isChanging = animate(node, now, moves) || isChanging;
			const hasChip = wearsChip(node, now);
			this.hasNewChips ||= hasChip !== node.hasChip;
			node.hasChip = hasChip;
			node.screenX = node.x * view.k * view.stretch + view.x;
			node.screenY = node.y * view.k + view.y;
			node.restRadius = node.radius * scale;
			node.screenRadius = drawnRadius(node, now, moves) * scale;
		}
		return isChanging;
	}

	planLabels(painter: Painter): void {
		this.#labels.plan(painter);
	}

	/** Gives back whether a label is still coming or going. */
	draw(painter: Painter, floats: readonly Float[], elapsed: number): boolean {
		const isChanging = this.#labels.fade(painter, elapsed);
		// From the ground up: what has to be read lies over what only has to be seen.
		drawGrid(painter);
		drawEdges(painter);
		this.#labels.drawCasings(painter);
		this.#halos.draw(painter);
		drawGhosts(painter);
		drawDiscs(painter);
		drawRims(painter);
		drawBuckets(painter);
		this.#labels.draw(painter);
		drawMarks(painter);
		drawChips(painter);
		drawFloats(painter, floats);
		return isChanging;
	}
}

/** Whether any of a node, its label and its glow can be seen. */
export function isInView(node: SceneNode, width: number, height: number): boolean {
	const reach = node.screenRadius * (isSession(node) ? 4 : 1) + 90;
	return (
		node.screenX > -reach &&
		node.screenX < width + reach &&
		node.screenY > -reach &&
		node.screenY < height + reach
	);
}
