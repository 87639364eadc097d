/** Where spans go, and how. */
export interface Target {
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly isCompressed: boolean;
	/** How long an answer may take, ms. */
	readonly timeoutMs: number;
	readonly resource: Readonly<Record<string, string>>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What keeps a target from being one, in a sentence. */
export class TargetError extends Error {}

/**
 * What options and OpenTelemetry's own variables say
 * (https://opentelemetry.io/docs/specs/otel/protocol/exporter/).
 *
 * @throws TargetError for what is missing, or makes no sense
 */
export function targetOf(
	{ endpoint, headers }: { readonly endpoint?: string; readonly headers?: string },
	env: Environment,
): Target {
	const protocol = ofTraces(env, "PROTOCOL") ?? "http/json";
	if (!protocol.startsWith("http/"))
		throw new TargetError(`${protocol} is not spoken, only http/json`);
	return {
		url: urlOf(endpoint, env),
		headers: pairsOf(headers ?? ofTraces(env, "HEADERS") ?? "", "headers"),
		isCompressed: ofTraces(env, "COMPRESSION") !== "none",
		timeoutMs: Number(ofTraces(env, "TIMEOUT")) || 10_000,
		resource: {
			"service.name": env.OTEL_SERVICE_NAME || "agent-live-graph",
			...pairsOf(env.OTEL_RESOURCE_ATTRIBUTES ?? "", "resource attributes"),
		},
	};
}

function ofTraces(env: Environment, name: string): string | undefined {
	return env[`OTEL_EXPORTER_OTLP_TRACES_${name}`] || env[`OTEL_EXPORTER_OTLP_${name}`] || undefined;
}

function urlOf(option: string | undefined, env: Environment): string {
	const whole = env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT;
	const text = option ?? (whole || env.OTEL_EXPORTER_OTLP_ENDPOINT);
	if (!text) throw new TargetError("it needs --endpoint, or $OTEL_EXPORTER_OTLP_ENDPOINT");
	const url = URL.canParse(text) ? new URL(text) : null;
	if (url === null || !/^https?:$/.test(url.protocol)) {
		throw new TargetError("the endpoint is no address that begins with http:// or https://");
	}
	if (url.username !== "" || url.password !== "") {
		throw new TargetError("an endpoint with a password is refused: headers can hold it");
	}
	const isWhole = (option === undefined && whole) || url.pathname.endsWith("/v1/traces");
	if (!isWhole) url.pathname = `${url.pathname.replace(/\/$/, "")}/v1/traces`;
	return url.href;
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
