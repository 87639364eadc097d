import type { View } from "./draw/camera.ts";
import type { Page } from "./page.ts";
import type { SceneNode } from "./scene/sceneNode.ts";

/** A node as tests see it. */
export interface SeenNode {
	readonly key: string;
	readonly parent: string | null;
	readonly x: number;
	readonly y: number;
	readonly screenX: number;
	readonly screenY: number;
	readonly restRadius: number;
	readonly radius: number;
	readonly alpha: number;
	readonly lines: number;
	readonly isMatch: boolean;
	readonly isDimmed: boolean;
	readonly isEnding: boolean;
	readonly isLost: boolean;
}

/** What tests may read of the picture, which no markup tells. */
interface TestHandle {
	nodes(): SeenNode[];
	floats(): string[];
	view(): View;
	hasUserMoved(): boolean;
}

declare global {
	interface Window {
		__agentLiveGraph?: TestHandle;
	}
}

/** Puts a read-only handle on the window; only a page whose root carries `data-test` does so. */
export function exposeToTests(page: Page): void {
	const { picture, scene } = page;
	window.__agentLiveGraph = {
		nodes: () => [...scene.nodes.values()].map(see),
		floats: () => picture.floats.all.map((float) => float.text),
		view: () => picture.views.view,
		hasUserMoved: () => picture.views.hasUserMoved,
	};
}

function see(node: SceneNode): SeenNode {
	const now = performance.now();
	const { key, x, y, screenX, screenY, restRadius, alpha, lines, isMatch, isDimmed } = node;
	return {
		key,
		x,
		y,
		screenX,
		screenY,
		restRadius,
		alpha,
		lines,
		isMatch,
		isDimmed,
		parent: node.parent?.key ?? null,
		radius: node.screenRadius,
		isEnding: node.endAt <= now,
		isLost: node.lostAt <= now,
	};
}
