import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Answered, ScriptedModel } from "../scriptedModel.ts";
import { promptOf, type RealClient, type Start } from "./realClient.ts";
import type { Scenario } from "./scenario.ts";
import { scriptOf } from "./script.ts";

/** A client gets this long, milliseconds; a run takes some seconds. */
const TIME_LIMIT = 150_000;

export interface PlayOptions {
	/** Task that the session begins, or goes on, with. */
	readonly task?: string;
	readonly start?: Start;
	/**
	 * Ends the client, and all that it started, so long after this task got its first answer, ms; SIGINT as
	 * Ctrl-C does.
	 */
	readonly ended?: {
		readonly task: string;
		readonly afterMs: number;
		readonly by: "SIGINT" | "SIGKILL";
	};
	/** More of the command line. */
	readonly args?: readonly string[];
}

/** Runs of a real client in one home that holds nothing else. */
export class RealRun {
	readonly home = mkdtempSync(join(tmpdir(), "agent-live-graph-real-"));
	readonly project = join(this.home, "project");
	/** Answers of all runs. */
	readonly answered: Answered[] = [];
	/** What the client said last. */
	output = "";
	readonly #client: RealClient;

	constructor(client: RealClient) {
		this.#client = client;
		mkdirSync(this.project);
		writeFileSync(join(this.project, "a.txt"), "line one\n");
	}

	/** Plays a scenario to its end. @throws Error with the client's last words when it fails */
	async play(scenario: Scenario, options: PlayOptions = {}): Promise<void> {
		const model = new ScriptedModel(scriptOf(scenario, this.#client, this.project));
		try {
			const address = await model.listen();
			const child = this.#start(address, options);
			const end = await this.#ended(child, model, options);
			const { by } = options.ended ?? {};
			// Whether an interrupted client counts as a success is its own affair.
			const isRight = by === "SIGINT" || end === (by ?? "exit 0");
			if (!isRight) throw new Error(`client: ${end}\n${this.output.slice(-3000)}`);
		} finally {
			this.answered.push(...model.answered);
			await model.close();
		}
	}

	dispose(): void {
		rmSync(this.home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
	}

	#start(
		address: string,
		{ task = "main", start = "new", args: more = [] }: PlayOptions,
	): ChildProcess {
		const { name } = this.#client;
		const program = this.#client.program();
		if (program === undefined) throw new Error(`${name} is not installed: npm run test:clients`);
		const place = { home: this.home, project: this.project, address };
		this.#client.configure(place);
		const { args, env } = this.#client.invoke(place, promptOf(task), start);
		return spawn(program, [...args, ...more], {
			cwd: this.project,
			stdio: ["ignore", "pipe", "pipe"],
			// A group of its own, which is ended as one.
			detached: true,
			env: { HOME: this.home, PATH: process.env.PATH, NO_COLOR: "1", ...env },
		});
	}

	async #ended(child: ChildProcess, model: ScriptedModel, { ended }: PlayOptions): Promise<string> {
		this.output = "";
		for (const stream of [child.stdout, child.stderr]) {
			stream?.on("data", (chunk) => {
				this.output += chunk;
			});
		}
		const timer = setTimeout(() => signalGroup(child, "SIGKILL"), TIME_LIMIT);
		if (ended !== undefined) {
			void model.firstAnswer(ended.task).then(() => {
				setTimeout(() => {
					signalGroup(child, ended.by);
				}, ended.afterMs);
			});
		}
		const end = await new Promise<string>((resolve, reject) => {
			child.on("error", reject);
			child.on("exit", (code, signal) => resolve(signal ?? `exit ${code}`));
		});
		clearTimeout(timer);
		signalGroup(child, "SIGKILL");
		return end;
	}
}

/** All of its group, as a terminal does. */
function signalGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
	if (pid === undefined) return;
	try {
		process.kill(-pid, signal);
	} catch {
		// Nobody is left of it.
	}
}
