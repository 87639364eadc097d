// Records a run of the real client as a fixture: node test/support/client/recordFixture.ts <scenario>
import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ClientRun, repository } from "./clientRun.ts";
import { everything, resumed } from "./scenarios.ts";

/** Lines that nothing reads, and that are long or tell of the machine they were recorded on. */
const LEFT_OUT = /^(?:attachment|api-request.*|atis-latch|tools-used|last-prompt)$/;

const scenarios = new Map(Object.entries({ everything, resumed: resumed() }));
const name = process.argv[2] ?? "";
const scenario = scenarios.get(name);
if (scenario === undefined) throw new Error(`scenarios: ${[...scenarios.keys()].join(", ")}`);
const run = new ClientRun();
try {
	await run.play(scenario);
	const folder = join(repository, "test/fixtures/runs", name);
	rmSync(folder, { recursive: true, force: true });
	const slug = run.home.replaceAll(/[^A-Za-z0-9]/g, "-");
	const clean = (text: string): string =>
		text
			.replaceAll(run.home, "/home/dev")
			.replaceAll(repository, "/home/dev/agent-live-graph")
			.replaceAll(slug, "-home-dev")
			.replaceAll(/\/tmp\/claude-\d+/g, "/tmp/claude-1000");
	const save = (path: string, text: string): void => {
		const file = join(folder, clean(path));
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, clean(text));
	};
	save("events.jsonl", `${run.events().join("\n")}\n`);
	for (const file of globSync("projects/**/*.{jsonl,meta.json}", { cwd: run.config })) {
		const text = readFileSync(join(run.config, file), "utf8");
		save(file, file.endsWith(".jsonl") ? text.split("\n").filter(isRead).join("\n") : text);
	}
} finally {
	run.dispose();
}

function isRead(line: string): boolean {
	return line === "" || !LEFT_OUT.test(String((JSON.parse(line) as { type?: unknown }).type));
}
