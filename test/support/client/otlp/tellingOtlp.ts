import { appendFileSync } from "node:fs";
import { join } from "node:path";
import type { RealClient } from "../clients/realClient.ts";

/** How a client is told to send what it does, by its name in the table of clients. */
const SETTINGS: Readonly<Record<string, (address: string, isAll: boolean) => Told>> = {
	"claude-code": (address, isAll) => ({
		env: {
			CLAUDE_CODE_ENABLE_TELEMETRY: "1",
			...standard(address),
			OTEL_LOGS_EXPORT_INTERVAL: "500",
			...(isAll
				? { OTEL_LOG_USER_PROMPTS: "1", OTEL_LOG_TOOL_DETAILS: "1", OTEL_LOG_TOOL_CONTENT: "1" }
				: {}),
		},
	}),
	codex: (address, isAll) => ({
		config: [
			"",
			"[otel]",
			`log_user_prompt = ${isAll}`,
			...["exporter", "trace_exporter", "metrics_exporter"].map(
				(name, at) =>
					`${name} = { otlp-http = { endpoint = "${address}/v1/${SIGNALS[at]}", protocol = "json" } }`,
			),
			"",
		].join("\n"),
	}),
	"copilot-cli": (address, isAll) => ({
		env: {
			COPILOT_OTEL_ENABLED: "true",
			...standard(address),
			...(isAll ? { OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT: "true" } : {}),
		},
	}),
};

const SIGNALS = ["logs", "traces", "metrics"];

interface Told {
	readonly env?: Readonly<Record<string, string>>;
	/** At the end of its settings. */
	readonly config?: string;
}

function standard(address: string): Record<string, string> {
	return {
		OTEL_LOGS_EXPORTER: "otlp",
		OTEL_METRICS_EXPORTER: "otlp",
		OTEL_EXPORTER_OTLP_PROTOCOL: "http/json",
		OTEL_EXPORTER_OTLP_ENDPOINT: address,
	};
}

/**
 * A client that sends what it does over OTLP besides.
 *
 * @param address of a receiver
 * @param isAll prompts, arguments and outputs too, as far as it has a setting for that
 */
export function tellingOtlp(client: RealClient, address: string, isAll: boolean): RealClient {
	const told = SETTINGS[client.name]?.(address, isAll);
	if (told === undefined) throw new Error(`${client.name} sends nothing over OTLP`);
	return {
		...client,
		configure(place) {
			client.configure(place);
			if (told.config === undefined) return;
			appendFileSync(join(place.home, ".codex", "config.toml"), told.config);
		},
		invoke(place, prompt, start) {
			const { args, env } = client.invoke(place, prompt, start);
			return { args, env: { ...env, ...told.env } };
		},
	};
}
