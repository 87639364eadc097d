import {
	clamp,
	ENTER_MS,
	enterAlpha,
	FADE_MS,
	FAIL_CHIP_MS,
	FAIL_MS,
	LOST_MS,
	leaveAlpha,
	mix,
	PULSE_MS,
	pulseScale,
} from "./curves.ts";
import { radiusOf, type SceneNode } from "./sceneNode.ts";

/** Opacity of a lost node: its outline still has a contrast of 3 to 1. */
const LOST_ALPHA = 0.55;
/** Opacity of a node that a search does not match. */
const DIMMED_ALPHA = 0.22;
const DIM_MS = 300;
const FAIL_CHIP_FADE_MS = 400;

/** Sets what the frame at hand draws of a node; gives back whether it goes on changing. */
export function animate(node: SceneNode, now: number, moves: boolean): boolean {
	const goal = radiusOf(node);
	const gap = goal - node.radius;
	node.radius = moves && Math.abs(gap) > 0.05 ? node.radius + gap * 0.15 : goal;
	const leaving = node.isGhost
		? 1
		: leaveAlpha(now - node.endAt, moves) * leaveLostAlpha(now - node.lostAt, moves);
	node.presence = enterAlpha(now - node.bornAt, moves) * leaving;
	const dimming = lostAlpha(now - node.lostAt, moves) * (node.isDimmed ? DIMMED_ALPHA : 1);
	node.alpha = node.presence * dimming;
	return node.radius !== goal || isChanging(node, now);
}

/** Radius at the moment, in world units at zoom 1. */
export function drawnRadius(node: SceneNode, now: number, moves: boolean): number {
	return node.radius * pulseScale(now - node.pulseAt, moves);
}

/** A word above it tells of a wait, a failure or its end. */
export function wearsChip(node: SceneNode, now: number): boolean {
	return node.view.waiting !== null || now - node.failAt < FAIL_CHIP_MS || now >= node.endAt;
}

function lostAlpha(age: number, moves: boolean): number {
	if (age < 0) return 1;
	return mix(1, LOST_ALPHA, moves ? clamp(age / DIM_MS, 0, 1) : 1);
}

function leaveLostAlpha(age: number, moves: boolean): number {
	return moves && age >= LOST_MS ? 1 - clamp((age - LOST_MS) / FADE_MS, 0, 1) : 1;
}

function isChanging(node: SceneNode, now: number): boolean {
	const fail = now - node.failAt;
	const lost = now - node.lostAt;
	return (
		now - node.bornAt < ENTER_MS ||
		now - node.pulseAt < PULSE_MS ||
		now >= node.endAt ||
		fail < FAIL_MS ||
		(fail >= FAIL_CHIP_MS - FAIL_CHIP_FADE_MS && fail < FAIL_CHIP_MS) ||
		(lost >= 0 && lost < DIM_MS) ||
		(lost >= LOST_MS && lost < LOST_MS + FADE_MS)
	);
}

/** Next moment at which a node at rest changes by itself: a chip that goes, a lost agent. */
export function nextChange(node: SceneNode, now: number): number {
	const chip = node.failAt + FAIL_CHIP_MS - FAIL_CHIP_FADE_MS;
	if (chip > now) return chip;
	const isLostAgent = node.lostAt <= now && node.view.kind === "agent";
	return isLostAgent && node.lostAt + LOST_MS > now
		? node.lostAt + LOST_MS
		: Number.POSITIVE_INFINITY;
}
