import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { inProject } from "../../../scripts/paths.ts";
import { findProgram } from "../../../scripts/setup/which.ts";
import { parseLine } from "../../../src/ingest/eventLog/parseLine.ts";
import { useTempFolder } from "../../support/tempFolder.ts";

const MODULE = inProject("contrib", "python");
const SECRET = "hunter2-secret";

const MESH = `
import asyncio, functools

def weld(a, b=1):
    """Joins."""
    return a * b

def fail(text):
    raise ValueError(text)

def count(n):
    return n if n == 0 else count(n - 1)

def unknown():
    return weld(1)

def numbers():
    yield 1

async def fetch(x):
    await asyncio.sleep(0)
    return x

class Mesh:
    def area(self): return 3
    @staticmethod
    def kind(): return "mesh"
    @classmethod
    def make(cls): return cls()
`;

/** Makes the registry that the next one names. */
const REGISTRY = `
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
db.execute("CREATE TABLE functions (id TEXT, name TEXT, file_path TEXT)")
db.executemany("INSERT INTO functions VALUES (?, ?, ?)", [
    ("mesh/weld", "weld", "tools/mesh.py"), ("mesh/fail", "fail", "tools/mesh.py"),
    ("tools/mesh.py#count", "", None), ("tools.mesh.fetch", "fetch", None),
    ("mesh/area", "Mesh.area", "tools/mesh.py"), ("mesh/kind", "Mesh.kind", "tools/mesh.py"),
    ("mesh/make", "Mesh.make", "tools/mesh.py"), ("mesh/numbers", "numbers", "tools/mesh.py"),
    ("json/dumps", "json.dumps", None),
])
db.commit()
`;

describe("The module for Python", () => {
	const folder = useTempFolder();
	before(function () {
		if (!findProgram("python3")) this.skip();
	});
	beforeEach(() => {
		mkdirSync(folder.file("tools"));
		writeFileSync(folder.file("tools/mesh.py"), MESH);
		execFileSync("python3", ["-c", REGISTRY, folder.file("registry.db")]);
	});

	const log = (): string => folder.file("log.jsonl");
	/** Without the empty ones: whoever comes while a line is being written puts a newline first. */
	const lines = (): string[] =>
		existsSync(log())
			? readFileSync(log(), "utf8")
					.split("\n")
					.filter((line) => line !== "")
			: [];
	const names = (): unknown[] => lines().map((line) => JSON.parse(line).name);

	/** Runs a script as a heredoc does: from its input. */
	function python(script: string, env: Readonly<Record<string, string>> = {}) {
		return spawnSync("python3", ["-"], {
			cwd: folder.path,
			input: `import agent_live_graph\n${script}`,
			encoding: "utf8",
			timeout: 60_000,
			env: {
				PATH: process.env.PATH,
				HOME: folder.path,
				PYTHONPATH: MODULE,
				PYTHONDONTWRITEBYTECODE: "1",
				FN_TELEMETRY: "1",
				FN_TELEMETRY_REGISTRY: folder.file("registry.db"),
				CLAUDE_CODE_SESSION_ID: "s1",
				KEI_EVENTS_FILE: log(),
				...env,
			},
		});
	}

	it("reports calls of registered functions and of no others", () => {
		const { status, stderr, stdout } = python(`
from tools.mesh import weld, fail, count, unknown, numbers, fetch, Mesh
import asyncio, json
print(weld(6, b=7), count(3), list(numbers()), asyncio.run(fetch(5)))
print(Mesh.make().area(), Mesh.kind(), json.dumps([1]))
unknown()
try: fail("x")
except ValueError as e: print(e)
`);
		assert.deepEqual([status, stderr], [0, ""]);
		assert.equal(stdout, "42 0 [1] 5\n3 mesh [1]\nx\n");
		assert.deepEqual(names(), [
			"mesh/weld",
			"tools/mesh.py#count",
			"tools.mesh.fetch",
			"mesh/make",
			"mesh/area",
			"mesh/kind",
			"json/dumps",
			"mesh/weld",
			"mesh/fail",
		]);
		for (const line of lines()) {
			const event = parseLine(line);
			assert.ok(typeof event === "object" && event.event === "function_call");
			assert.deepEqual([event.note, event.session], [null, "s1"]);
			assert.deepEqual(
				[event.success, event.grade],
				event.name === "mesh/fail" ? [false, "ValueError"] : [true, ""],
			);
		}
	});

	it("writes no argument, no result and no message of an error", () => {
		python(`
from tools.mesh import weld, fail
weld("${SECRET}", b=2)
try: fail("${SECRET}")
except ValueError: pass
class Loud(Exception): pass
Loud.__name__ = "${SECRET} \\n"
import tools.mesh
try: fail(Loud())
except ValueError: pass
`);
		assert.equal(lines().length, 3);
		assert.ok(!readFileSync(log(), "utf8").includes(SECRET));
	});

	const off: readonly Readonly<Record<string, string>>[] = [
		{ FN_TELEMETRY: "" },
		{ FN_TELEMETRY: "0" },
		{ FN_TELEMETRY_REGISTRY: "" },
		{ CLAUDE_CODE_SESSION_ID: "" },
		{ KEI_EVENTS_BYPASS: "1" },
	];
	for (const env of off) {
		it(`is off with ${JSON.stringify(env)}`, () => {
			const hooks = "import sys; print([type(f).__name__ for f in sys.meta_path])";
			const { stdout } = python(`from tools.mesh import weld\nweld(1)\n${hooks}`, env);
			assert.doesNotMatch(stdout, /_Hook/);
			assert.deepEqual(lines(), []);
		});
	}

	it("never makes a script fail, whatever is wrong with registry or log", () => {
		writeFileSync(folder.file("broken.db"), "no database");
		execFileSync("mkfifo", [folder.file("pipe")]);
		const wrong = [
			{ FN_TELEMETRY_REGISTRY: folder.file("broken.db") },
			{ FN_TELEMETRY_REGISTRY: folder.file("missing.db") },
			{ FN_TELEMETRY_REGISTRY: folder.path },
			{ KEI_EVENTS_FILE: folder.path },
			{ KEI_EVENTS_FILE: folder.file("pipe") },
			{ KEI_EVENTS_FILE: folder.file("registry.db/log") },
		];
		for (const env of wrong) {
			const { status, stdout, stderr } = python("from tools.mesh import weld\nprint(weld(2))", env);
			assert.deepEqual([status, stdout, stderr], [0, "2\n", ""], JSON.stringify(env));
		}
	});

	it("leaves the functions what they were, and the way in which they fail", () => {
		const { stdout, stderr, status } = python(`
import inspect, tools.mesh as m
print(inspect.signature(m.weld), m.weld.__doc__, m.weld.__name__, "joins" in inspect.getsource(m.weld).lower())
m.fail("loud")
`);
		assert.equal(status, 1);
		assert.equal(stdout, "(a, b=1) Joins. weld True\n");
		assert.match(stderr, /ValueError: loud\n$/);
	});

	it("writes a bounded number of lines, each whole where threads write side by side", () => {
		python(`
from tools.mesh import weld, Mesh
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor(8) as pool:
    list(pool.map(weld, range(5000)))
    list(pool.map(lambda _: Mesh.kind(), range(50)))
`);
		assert.equal(names().filter((name) => name === "mesh/weld").length, 100);
		assert.equal(names().filter((name) => name === "mesh/kind").length, 50);
	});

	it("counts what it writes whichever thread comes between, so no line is one too many", () => {
		// Another thread's turn comes at each line of the module.
		python(`
import threading, time
from tools.mesh import weld
def line(frame, event, arg):
    time.sleep(0)
    return line if frame.f_globals is vars(agent_live_graph) else None
threading.settrace(line)
threads = [threading.Thread(target=lambda: [weld(1) for _ in range(100)]) for _ in range(4)]
for each in threads: each.start()
for each in threads: each.join()
`);
		assert.equal(names().length, 100);
	});
});
