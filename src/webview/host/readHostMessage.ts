import { type HostMessage, PROTOCOL_VERSION, VIEW_FORMATS } from "../../protocol/messages.ts";
import {
	isArrayOf,
	isBoolean,
	isFields,
	isNullOr,
	isNumber,
	isOneOf,
	isOutcome,
	isShape,
	isString,
	type RawFields,
} from "./checks.ts";
import { isEvent } from "./readEvent.ts";

// Shapes are spelled out field by field: a value that TypeScript takes for granted but that is
// missing would only be found out deep inside a frame.
const isNode = isShape({
	key: isString,
	id: isString,
	kind: isOneOf(["session", "agent"]),
	session: isString,
	parent: isNullOr(isString),
	type: isString,
	description: isString,
	model: isString,
	folder: isString,
	cwd: isString,
	client: isString,
	background: isBoolean,
	state: isOneOf(["starting", "running", "waiting", "idle", "done", "lost"]),
	outcome: isOutcome,
	stubs: isNullOr(isNumber),
	startedAt: isNumber,
	endedAt: isNullOr(isNumber),
	heardAt: isNumber,
	call: isNullOr(isShape({ tool: isString, detail: isString, since: isNumber })),
	calls: isNumber,
	failures: isNumber,
	tokens: isNullOr(isNumber),
	costUsd: isNullOr(isNumber),
	isCostPartial: isBoolean,
	tools: isArrayOf(isShape({ tool: isString, calls: isNumber, failures: isNumber })),
	waiting: isNullOr(isShape({ since: isNumber, tool: isString })),
});

const isCounters = isShape({
	alive: isNumber,
	waiting: isNumber,
	spawned: isNumber,
	toolCalls: isNumber,
	failedCalls: isNumber,
	done: isNumber,
	failed: isNumber,
	lost: isNumber,
	tokens: isNullOr(isNumber),
	costUsd: isNullOr(isNumber),
	isCostPartial: isBoolean,
	lastEventAt: isNullOr(isNumber),
});

const isPulse = isShape({
	key: isString,
	tool: isString,
	kind: isOneOf(["start", "success", "failure"]),
});

const isPatch = isShape({
	upserts: isArrayOf(isNode),
	removes: isArrayOf(isString),
	pulses: isArrayOf(isPulse),
	counters: isCounters,
});

const isCall = isShape({
	id: isString,
	tool: isString,
	detail: isString,
	startedAt: isNumber,
	durationMs: isNullOr(isNumber),
	success: isNullOr(isBoolean),
	errorClass: isString,
});

const isToolUse = isShape({
	tool: isString,
	calls: isNumber,
	failures: isNumber,
	totalMs: isNumber,
	maxMs: isNumber,
	p50Ms: isNullOr(isNumber),
	p95Ms: isNullOr(isNumber),
});

const isModelUsage = isShape({
	model: isString,
	messages: isNumber,
	tokensIn: isNumber,
	tokensOut: isNumber,
	cacheRead: isNumber,
	cacheWrite: isNumber,
	costUsd: isNullOr(isNumber),
	withoutPrice: isNumber,
});

/** One check per message type; a new type does not compile until it has one. */
const SHAPES: Readonly<Record<HostMessage["type"], (value: unknown) => boolean>> = {
	snapshot: isShape({
		protocol: isNumber,
		seq: isNumber,
		now: isNumber,
		graph: isShape({ nodes: isArrayOf(isNode), counters: isCounters }),
	}),
	patch: isShape({ seq: isNumber, now: isNumber, patch: isPatch }),
	settings: isShape({
		settings: isShape({
			showOtherSessions: isBoolean,
			reducedMotion: isOneOf(["auto", "on", "off"]),
			workspaceFolders: isArrayOf(isString),
			canOpen: isBoolean,
			lostAfterMs: isNumber,
			clients: isArrayOf(isShape({ name: isString, title: isString, mark: isString })),
			usualTimes: isShape({
				silences: isArrayOf(isShape({ type: isString, ms: isNumber })),
				durations: isArrayOf(isShape({ type: isString, median: isNumber, p95: isNumber })),
			}),
		}),
	}),
	status: isShape({
		status: isShape({
			connection: isOneOf(["connected", "waiting", "reconnecting", "disconnected"]),
			source: isOneOf(["log", "demo", "past", "stream"]),
			message: isString,
			phase: isOneOf(["reading", "partial", "live"]),
			areHooksReady: isBoolean,
		}),
	}),
	select: isShape({ id: isNullOr(isString), reveal: isBoolean }),
	exportView: isShape({ format: isOneOf(VIEW_FORMATS) }),
	highlight: isShape({ keys: isNullOr(isArrayOf(isString)) }),
	reason: isShape({ session: isString, agent: isString, call: isNullOr(isString), text: isString }),
	detail: isShape({
		detail: isShape({
			key: isString,
			tools: isArrayOf(isToolUse),
			toolStats: isArrayOf(isShape({ name: isString, count: isNumber })),
			recent: isArrayOf(isCall),
			usage: isArrayOf(isModelUsage),
			sessionUsage: isArrayOf(isModelUsage),
			aliases: isArrayOf(isString),
		}),
	}),
	summary: isShape({
		summary: isShape({
			key: isString,
			startedAt: isNumber,
			endedAt: isNullOr(isNumber),
			agents: isNumber,
			outcomes: isShape({
				functional: isNumber,
				partial: isNumber,
				scaffolding: isNumber,
				fail: isNumber,
				none: isNumber,
				lost: isNumber,
			}),
			calls: isNumber,
			failures: isNumber,
			tokens: isNullOr(isNumber),
			costUsd: isNullOr(isNumber),
			isCostPartial: isBoolean,
			files: isNumber,
		}),
	}),
	recorded: isShape({
		session: isString,
		events: isArrayOf(isEvent),
		isFirst: isBoolean,
		isWhole: isBoolean,
	}),
};

/**
 * What a message from outside must be before the page acts on it. A snapshot of another protocol
 * number may have any shape, so only its number is looked at here.
 */
export function readHostMessage(data: unknown): HostMessage | "otherProtocol" | null {
	if (!isFields(data) || !isTypeOfHost(data.type)) return null;
	if (isOtherProtocol(data)) return "otherProtocol";
	return SHAPES[data.type](data) ? (data as unknown as HostMessage) : null;
}

function isTypeOfHost(type: unknown): type is HostMessage["type"] {
	return isString(type) && Object.hasOwn(SHAPES, type);
}

function isOtherProtocol(data: RawFields): boolean {
	const { type, protocol } = data;
	return type === "snapshot" && isNumber(protocol) && protocol !== PROTOCOL_VERSION;
}
