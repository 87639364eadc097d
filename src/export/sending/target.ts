import { BAD_TARGET } from "../../telemetry/worker/exporter.ts";
import type { Protocol } from "../encoding/encodeSpans.ts";

/** Where one signal goes. */
export interface Address {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
}

/** Where spans and metrics go, and how. */
export interface Target {
	readonly traces: Address;
	/** null where none are wanted. */
	readonly metrics: Address | null;
	readonly protocol: Protocol;
	readonly isCompressed: boolean;
	/** How long an answer may take, ms. */
	readonly timeoutMs: number;
	readonly resource: Readonly<Record<string, string>>;
}

/** What was asked for beside the environment; each may be absent. */
interface TargetOptions {
	readonly endpoint?: string;
	/** `a=1,b=2` */
	readonly headers?: string;
	readonly protocol?: string;
}

type Environment = Readonly<Record<string, string | undefined>>;
type Signal = "TRACES" | "METRICS";

/** What keeps a target from being one, in a sentence. */
export class TargetError extends Error {
	readonly code = BAD_TARGET;
}

/**
 * What options and OpenTelemetry's own variables say
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/).
 *
 * @throws TargetError for what is missing, or makes no sense
 */
export function targetOf(options: TargetOptions, env: Environment): Target {
	return {
		traces: addressOf("TRACES", options, env),
		metrics: hasMetrics(options, env) ? addressOf("METRICS", options, env) : null,
		protocol: protocolOf(options.protocol ?? variable("TRACES", "PROTOCOL", env)),
		isCompressed: variable("TRACES", "COMPRESSION", env) !== "none",
		timeoutMs: Number(variable("TRACES", "TIMEOUT", env)) || 10_000,
		resource: {
			"service.name": env.OTEL_SERVICE_NAME || "agent-live-graph",
			...pairsOf(env.OTEL_RESOURCE_ATTRIBUTES ?? "", "resource attributes"),
		},
	};
}

function variable(signal: Signal, name: string, env: Environment): string | undefined {
	return (
		env[`OTEL_EXPORTER_OTLP_${signal}_${name}`] || env[`OTEL_EXPORTER_OTLP_${name}`] || undefined
	);
}

function protocolOf(text = "http/protobuf"): Protocol {
	if (text === "http/json" || text === "http/protobuf") return text;
	throw new TargetError(`${text} is not spoken, only http/protobuf and http/json`);
}

function addressOf(
	signal: Signal,
	{ endpoint, headers }: TargetOptions,
	env: Environment,
): Address {
	return {
		url: urlOf(signal, endpoint, env),
		headers: pairsOf(headers ?? variable(signal, "HEADERS", env) ?? "", "headers"),
	};
}

function urlOf(signal: Signal, option: string | undefined, env: Environment): string {
	const whole = env[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`];
	const text = option ?? (whole || env.OTEL_EXPORTER_OTLP_ENDPOINT);
	if (!text) throw new TargetError("it needs --endpoint, or $OTEL_EXPORTER_OTLP_ENDPOINT");
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) {
		throw new TargetError("the endpoint is no address that begins with http:// or https://");
	}
	if (url.username !== "" || url.password !== "") {
		throw new TargetError("an endpoint with a password is refused: headers can hold it");
	}
	if (option === undefined && whole) return url.href;
	const base = url.pathname.replace(/\/(?:v1\/traces)?$/, "");
	url.pathname = `${base}/v1/${signal.toLowerCase()}`;
	return url.href;
}

/** Who names an address for traces alone wants no metrics. */
function hasMetrics({ endpoint }: TargetOptions, env: Environment): boolean {
	if (env.OTEL_METRICS_EXPORTER === "none" || endpoint?.endsWith("/v1/traces")) return false;
	const own = env.OTEL_EXPORTER_OTLP_METRICS_ENDPOINT;
	return Boolean(endpoint || own || env.OTEL_EXPORTER_OTLP_ENDPOINT);
}

/** `a=1,b=2`, with values as in addresses. */
function pairsOf(text: string, what: string): Record<string, string> {
	const pairs = text.split(",").filter((pair) => pair.trim() !== "");
	return Object.fromEntries(
		pairs.map((pair) => {
			const [, name = "", value = ""] = /^\s*([^=\s]+)\s*=\s*(.*?)\s*$/.exec(pair) ?? [];
			// Its text may be a secret, so it is not said.
			if (name === "") throw new TargetError(`the ${what} are not pairs of name=value`);
			try {
				return [name, decodeURIComponent(value)];
			} catch {
				throw new TargetError(`the value of ${name} in the ${what} cannot be decoded`);
			}
		}),
	);
}
