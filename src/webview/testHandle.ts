import type { TimelineRow } from "../model/timeline/timelineRow.ts";
import type { ScreenBox } from "./draw/labels/boxGrid.ts";
import { labelBoxOf, taskOf } from "./draw/labels/labels.ts";
import type { View } from "./draw/view/camera.ts";
import type { Page } from "./page/page.ts";
import type { Bucket, ChipPlace, SceneNode } from "./scene/sceneNode.ts";
import { laneBox, ROW, xOf, yOf } from "./timeline/geometry.ts";
import type { OpenTimeline } from "./timeline/openTimeline.ts";

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
	/** Letters of its client; empty where it wears none. */
	readonly mark: string;
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

/** The timeline as tests see it; places in px of its canvas. */
interface SeenTimeline {
	readonly from: number;
	readonly until: number;
	readonly left: number;
	readonly right: number;
	readonly frames: number;
	readonly rows: readonly { readonly id: string; readonly depth: number; readonly y: number }[];
	/** Calls of the rows in view. */
	readonly calls: readonly { readonly id: string; readonly x: number; readonly y: number }[];
	readonly selected: string | null;
	readonly selectedCall: string | null;
}

/** What tests may read of the picture, which no markup tells. */
interface TestHandle {
	nodes(): SeenNode[];
	floats(): string[];
	view(): View;
	isFollowing(): boolean;
	timeline(): SeenTimeline | null;
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
		timeline: () => seeTimeline(page.panes.timeline.open),
	};
}

function seeTimeline(open: OpenTimeline | null): SeenTimeline | null {
	if (open === null) return null;
	const { picture, selection } = open;
	const { geometry } = picture;
	const rows = picture.rowsSeen();
	const middle = (row: TimelineRow): number => yOf(geometry, row.index) + ROW / 2;
	return {
		...geometry.span,
		left: geometry.left,
		right: geometry.right,
		frames: picture.frames,
		rows: rows.map((row) => ({ id: row.view.id, depth: row.depth, y: middle(row) })),
		calls: rows.flatMap((row) =>
			row.calls.calls.map(({ id }, index) => {
				const { top, height } = laneBox(
					row.calls.lanes[index] ?? 0,
					row.calls.laneCounts[index] ?? 1,
				);
				const y = middle(row) - ROW / 2 + top + height / 2;
				return { id, x: xOf(geometry, row.calls.starts[index] ?? 0), y };
			}),
		),
		selected: selection.row?.view.id ?? null,
		selectedCall: selection.call,
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
		mark: node.client?.mark ?? "",
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
