import type { ScreenBox } from "./draw/boxGrid.ts";
import type { View } from "./draw/camera.ts";
import { labelBoxOf, taskOf } from "./draw/labels.ts";
import type { Page } from "./page.ts";
import type { Bucket, ChipPlace, SceneNode } from "./scene/sceneNode.ts";

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
	readonly doing: string;
	readonly task: string;
	readonly rim: number | null;
	readonly bend: number;
	/** Of its label in px; null without one. */
	readonly label: ScreenBox | null;
	readonly isLabelCrossed: boolean;
	/** Where its chip is; null without one of its own. */
	readonly chip: ChipPlace | null;
	/** Those of its tools that are shown beside it. */
	readonly buckets: readonly Bucket[];
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
	isFollowing(): boolean;
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
		isFollowing: () => picture.views.isFollowing,
	};
}

function see(node: SceneNode): SeenNode {
	const now = performance.now();
	const {
		key,
		x,
		y,
		screenX,
		screenY,
		restRadius,
		alpha,
		lines,
		doing,
		rim,
		chip,
		buckets,
		isMatch,
		isDimmed,
	} = node;
	return {
		key,
		x,
		y,
		screenX,
		screenY,
		restRadius,
		alpha,
		lines,
		doing,
		rim,
		task: taskOf(node),
		chip,
		buckets,
		bend: node.bend,
		label: labelBoxOf(node),
		isLabelCrossed: node.isLabelCrossed,
		isMatch,
		isDimmed,
		parent: node.parent?.key ?? null,
		radius: node.screenRadius,
		isEnding: node.endAt <= now,
		isLost: node.lostAt <= now,
	};
}
