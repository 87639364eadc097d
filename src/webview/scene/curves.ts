/**
 * How long each sign lasts, in ms, and its shape over time. Every curve takes the age of its sign
 * in ms and whether things may move; without movement a sign is either there or not.
 */
export const ENTER_MS = 300;
export const PULSE_MS = 400;
export const FLOAT_MS = 800;
export const FAIL_MS = 600;
/** The chip that names the failed tool stays longer than its pulse, to be read. */
export const FAIL_CHIP_MS = 2600;
export const FLASH_MS = 700;
export const FADE_MS = 800;
/** A lost agent stays dimmed this long. */
export const LOST_MS = 10_000;

/** A tool call swells a node from 8 to 12 parts and back. */
const PULSE_PEAK = 12 / 8;
const FLOAT_RISE = 22;

export function clamp(value: number, low: number, high: number): number {
	return value < low ? low : value > high ? high : value;
}

export function mix(from: number, to: number, share: number): number {
	return from + (to - from) * share;
}

function easeOut(share: number): number {
	return 1 - (1 - share) ** 3;
}

/** Opacity of a node that entered `age` ms ago. */
export function enterAlpha(age: number, moves: boolean): number {
	return moves ? easeOut(clamp(age / ENTER_MS, 0, 1)) : 1;
}

/** 0 to 1 to 0 over a pulse; also the strength of the ring around it. */
export function pulseStrength(age: number, moves: boolean): number {
	if (age < 0 || age >= PULSE_MS) return 0;
	return moves ? Math.sin((Math.PI * age) / PULSE_MS) : 1;
}

/** Factor on the radius. */
export function pulseScale(age: number, moves: boolean): number {
	return moves ? mix(1, PULSE_PEAK, pulseStrength(age, moves)) : 1;
}

/**
 * Start of a pulse that follows one which is `age` ms old: a node that is still swelling goes on,
 * one that shrinks swells again from the size it has.
 */
export function restartedPulse(now: number, age: number): number {
	if (age < 0 || age >= PULSE_MS) return now;
	return age <= PULSE_MS / 2 ? now - age : now - (PULSE_MS - age);
}

/** How far a floating tool name has risen, in px. */
export function floatRise(age: number, moves: boolean): number {
	return moves ? FLOAT_RISE * easeOut(clamp(age / FLOAT_MS, 0, 1)) : FLOAT_RISE / 2;
}

export function floatAlpha(age: number, moves: boolean): number {
	if (age < 0 || age >= FLOAT_MS) return 0;
	return moves ? Math.min(1, age / 80) * (1 - clamp(age / FLOAT_MS, 0, 1) ** 2) : 1;
}

/** Strength of the thick ring after a failed call. */
export function failStrength(age: number, moves: boolean): number {
	if (age < 0 || age >= FAIL_CHIP_MS) return 0;
	if (!moves) return 0.7;
	return age < FAIL_MS
		? mix(0.7, 1, Math.sin((Math.PI * age) / FAIL_MS))
		: failChipAlpha(age) * 0.7;
}

export function failChipAlpha(age: number): number {
	return clamp((FAIL_CHIP_MS - age) / 400, 0, 1);
}

/** Strength of the light at the end of a life. */
export function flashStrength(age: number, moves: boolean): number {
	if (age < 0 || age >= FLASH_MS + FADE_MS) return 0;
	if (!moves) return 1;
	if (age < 140) return easeOut(age / 140);
	return mix(1, 0.55, clamp((age - 140) / (FLASH_MS - 140), 0, 1));
}

/** Opacity of a node whose end was seen `age` ms ago; 0 once it is to be taken away. */
export function leaveAlpha(age: number, moves: boolean): number {
	if (age >= FLASH_MS + FADE_MS) return 0;
	return moves ? 1 - clamp((age - FLASH_MS) / FADE_MS, 0, 1) : 1;
}
