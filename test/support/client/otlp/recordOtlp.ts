// Records what a real client sends over OTLP as a fixture:
// node test/support/client/otlp/recordOtlp.ts <client> <scenario> <all|plain> <name>
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { inProject } from "../../../../scripts/paths.ts";
import { realClients } from "../clients/all.ts";
import { RealRun } from "../clients/realRun.ts";
import { scenarios } from "../clients/scenario.ts";
import { tellingOtlp } from "./tellingOtlp.ts";

/** Longer texts are the vendor's, or tell nothing. */
const LONGEST = 300;
/** Steps of streaming and of a client's inner works, which come by the thousand. */
const OF_NO_USE = /"response\.(?:created|output_item\.added|output_item\.done)"/;

const [title = "", scenarioName = "", how = "", name = ""] = process.argv.slice(2);
const client = realClients.get(title);
const scenario = scenarios.get(scenarioName);
if (client === undefined || scenario === undefined || !/^(?:all|plain)$/.test(how) || name === "") {
	throw new Error(`clients: ${[...realClients.keys()]}; scenarios: ${[...scenarios.keys()]}`);
}
const requests: { readonly path: string; readonly body: string }[] = [];
const server = createServer(async (request, response) => {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	const bytes = Buffer.concat(chunks);
	const isPacked = request.headers["content-encoding"] === "gzip";
	const body = (isPacked ? gunzipSync(bytes) : bytes).toString("utf8");
	requests.push({ path: request.url ?? "", body });
	response.writeHead(200, { "content-type": "application/json" }).end("{}");
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const run = new RealRun(tellingOtlp(client, address, how === "all"));
const folder = inProject("test", "fixtures", "otlp", client.name, name);
try {
	await run.play(scenario);
	rmSync(folder, { recursive: true, force: true });
	mkdirSync(folder, { recursive: true });
	const kept = requests.filter(({ path }) => client.name !== "codex" || path === "/v1/logs");
	for (const [index, { path, body }] of kept.entries()) {
		const file = `${String(index).padStart(2, "0")}-${path.slice("/v1/".length)}.json`;
		writeFileSync(join(folder, file), `${JSON.stringify(shortened(JSON.parse(clean(body))))}\n`);
	}
} finally {
	run.dispose();
	server.closeAllConnections();
	server.close();
}

function clean(text: string): string {
	return text
		.replaceAll(run.home, "/home/dev")
		.replaceAll(/"(?:host\.name|os\.version)","value":\{"stringValue":"[^"]*"/g, (found) =>
			found.replace(/[^"]*"$/, 'cut"'),
		);
}

function shortened(value: unknown): unknown {
	if (typeof value === "string" && value.length > LONGEST) {
		return `(cut: ${value.length} characters)`;
	}
	if (Array.isArray(value)) {
		return value.filter((each) => !isOfNoUse(each)).map(shortened);
	}
	if (typeof value !== "object" || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, shortened(each)]));
}

function isOfNoUse(record: unknown): boolean {
	const { attributes } = (record ?? {}) as { attributes?: unknown };
	return attributes !== undefined && OF_NO_USE.test(JSON.stringify(attributes));
}
