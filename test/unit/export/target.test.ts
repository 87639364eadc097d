import assert from "node:assert/strict";
import { TargetError, targetOf } from "../../../src/export/sending/target.ts";

describe("Where an export goes", () => {
	const urls: readonly (readonly [string | undefined, Record<string, string>, string])[] = [
		["http://localhost:4318", {}, "http://localhost:4318/v1/traces"],
		["https://x.example/otlp/", {}, "https://x.example/otlp/v1/traces"],
		["https://x.example/v1/traces", {}, "https://x.example/v1/traces"],
		[undefined, { OTEL_EXPORTER_OTLP_ENDPOINT: "http://c:4318" }, "http://c:4318/v1/traces"],
		[undefined, { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://c/here" }, "http://c/here"],
	];
	for (const [endpoint, env, url] of urls) {
		it(`is ${url} for ${endpoint ?? Object.keys(env)[0]}`, () => {
			assert.equal(targetOf(endpoint === undefined ? {} : { endpoint }, env).traces.url, url);
		});
	}

	it("takes headers, resource, compression and time from OpenTelemetry's own variables", () => {
		const target = targetOf(
			{ endpoint: "http://c" },
			{
				OTEL_EXPORTER_OTLP_HEADERS: "authorization=Bearer%20x, a = b=c",
				OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=ci",
				OTEL_SERVICE_NAME: "agents",
				OTEL_EXPORTER_OTLP_COMPRESSION: "none",
				OTEL_EXPORTER_OTLP_TIMEOUT: "2500",
			},
		);
		assert.deepEqual(target.traces.headers, { authorization: "Bearer x", a: "b=c" });
		assert.equal(target.resource["service.name"], "agents");
		assert.equal(target.resource["deployment.environment.name"], "ci");
		assert.deepEqual([target.isCompressed, target.timeoutMs], [false, 2500]);
	});

	it("is for metrics beside the traces, and nowhere where only traces have an address", () => {
		const metricsOf = (endpoint: string | undefined, env: Record<string, string>) =>
			targetOf(endpoint === undefined ? {} : { endpoint }, env).metrics?.url;
		assert.equal(metricsOf("http://c", {}), "http://c/v1/metrics");
		assert.equal(metricsOf("http://c", { OTEL_METRICS_EXPORTER: "none" }), undefined);
		assert.equal(metricsOf("http://c/v1/traces", {}), undefined);
		const traces = { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: "http://c/here" };
		assert.equal(metricsOf(undefined, traces), undefined);
		const both = { ...traces, OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: "http://d/there" };
		assert.equal(metricsOf(undefined, both), "http://d/there");
	});

	it("speaks protobuf unless it is told otherwise", () => {
		const json = { OTEL_EXPORTER_OTLP_PROTOCOL: "http/json" };
		assert.equal(targetOf({ endpoint: "http://c" }, {}).protocol, "http/protobuf");
		assert.equal(targetOf({ endpoint: "http://c" }, json).protocol, "http/json");
		const chosen = { endpoint: "http://c", protocol: "http/protobuf" };
		assert.equal(targetOf(chosen, json).protocol, "http/protobuf");
	});

	const refused: readonly (readonly [string | undefined, Record<string, string>])[] = [
		[undefined, {}],
		["", {}],
		["localhost:4318", {}],
		["file:///etc", {}],
		["https://user:secret@x.example", {}],
		["http://c", { OTEL_EXPORTER_OTLP_PROTOCOL: "grpc" }],
		["http://c", { OTEL_EXPORTER_OTLP_HEADERS: "secret" }],
		["http://c", { OTEL_EXPORTER_OTLP_HEADERS: "a=%zzsecret" }],
	];
	for (const [endpoint, env] of refused) {
		it(`refuses ${endpoint ?? "nothing"} ${JSON.stringify(env)}, and says no secret`, () => {
			assert.throws(
				() => targetOf(endpoint === undefined ? {} : { endpoint }, env),
				(error) => error instanceof TargetError && !error.message.includes("secret"),
			);
		});
	}
});
