import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { claudeBinary } from "../../../scripts/setup/claudeClient.ts";
import type { Payload } from "../hooks/payloads.ts";
import { type HookRegistration, readRegistration } from "../hooks/registration.ts";
import { type Script, ScriptedModel } from "./scriptedModel.ts";

/** The client gets this long, milliseconds; a run takes a few seconds. */
const TIME_LIMIT = 120_000;
const ALLOWED_TOOLS = ["Agent", "Bash", "Edit", "Read", "SendMessage", "TaskStop", "Write"];

/** Folder that a plugin is loaded from: this repository. */
export const repository = join(import.meta.dirname, "../../..");

export interface ClientOptions {
	/** Our hooks come from the user's settings, or from the plugin in this folder. */
	readonly plugin?: string;
	/** Puts our hooks into the settings of this folder; instead of the registration's own. */
	install?(config: string): Promise<void>;
	/** Keep no payloads, so that nothing runs beside our hooks. */
	readonly isBare?: boolean;
	/** Time that the model takes for each answer, ms. */
	readonly thinksMs?: number;
}

/**
 * A run of the real client in an empty home, with our hooks and, beside each, one that keeps the
 * payload as it came.
 */
export class ClientRun {
	readonly home = mkdtempSync(join(tmpdir(), "agent-live-graph-client-"));
	readonly config = join(this.home, ".claude");
	readonly #payloads = join(this.home, "payloads");
	readonly #project = join(this.home, "project");
	#output = "";
	#turnTimes: readonly number[] = [];

	/** Time from an answer of the model to the next question, ms: what the calls between took. */
	get turnTimes(): readonly number[] {
		return this.#turnTimes;
	}

	/** Whole lines of the event log that our hooks wrote. */
	events(): string[] {
		const log = readFileSync(join(this.config, "memory", "agent-events.jsonl"), "utf8");
		return log.split("\n").slice(0, -1);
	}

	/** Every payload that the client gave a hook, in no order. */
	payloads(): Payload[] {
		return readdirSync(this.#payloads).map((name) =>
			JSON.parse(readFileSync(join(this.#payloads, name), "utf8")),
		);
	}

	/** Runs a script to its end. @throws Error with the client's last words when it fails */
	async play(script: Script, options: ClientOptions = {}): Promise<void> {
		const { plugin, install, isBare, thinksMs } = options;
		for (const folder of [this.config, this.#payloads, this.#project])
			mkdirSync(folder, { recursive: true });
		const isOwn = plugin !== undefined || install !== undefined;
		const hooks = isOwn ? {} : installed(readRegistration());
		const recorded = isBare ? hooks : this.#recorded(hooks);
		const settings = { permissions: { allow: ALLOWED_TOOLS }, hooks: recorded };
		writeFileSync(join(this.config, "settings.json"), JSON.stringify(settings));
		await install?.(this.config);
		const model = new ScriptedModel(script, thinksMs);
		try {
			const address = await model.listen();
			const args = plugin === undefined ? [] : ["--plugin-dir", plugin];
			await this.#ended(this.#start(address, args));
			this.#turnTimes = model.turnTimes;
		} finally {
			await model.close();
		}
	}

	dispose(): void {
		rmSync(this.home, { recursive: true, force: true });
	}

	#start(address: string, args: readonly string[]): ChildProcess {
		const program = claudeBinary();
		if (program === undefined) throw new Error("the client is not installed: npm run setup");
		const mode = ["--model", "claude-sonnet-5", "--permission-mode", "acceptEdits"];
		return spawn(program, ["-p", "TASK:main go", ...mode, ...args], {
			cwd: this.#project,
			stdio: ["ignore", "pipe", "pipe"],
			env: {
				HOME: this.home,
				PATH: process.env.PATH,
				CLAUDE_CONFIG_DIR: this.config,
				ANTHROPIC_BASE_URL: address,
				ANTHROPIC_API_KEY: "sk-ant-local",
				CLAUDE_CODE_DISABLE_NONESSENTIAL_TRAFFIC: "1",
				DISABLE_AUTOUPDATER: "1",
			},
		});
	}

	async #ended(child: ChildProcess): Promise<void> {
		for (const stream of [child.stdout, child.stderr]) {
			stream?.on("data", (chunk) => {
				this.#output += chunk;
			});
		}
		const timer = setTimeout(() => child.kill("SIGKILL"), TIME_LIMIT);
		const end = await new Promise<string>((resolve, reject) => {
			child.on("error", reject);
			child.on("close", (code, signal) => resolve(signal ?? `exit ${code}`));
		});
		clearTimeout(timer);
		if (end !== "exit 0") throw new Error(`client: ${end}\n${this.#output.slice(-2000)}`);
	}

	/** The same hooks with one more on every event, which writes each payload to its own file. */
	#recorded(hooks: HookRegistration): HookRegistration {
		const command = `cat >"$(mktemp '${join(this.#payloads, "XXXXXXXX")}')"`;
		const recorder = { hooks: [{ type: "command", command, timeout: 10 }] };
		const events = Object.keys(readRegistration());
		return Object.fromEntries(events.map((event) => [event, [...(hooks[event] ?? []), recorder]]));
	}
}

/** The plugin's registration as a user's settings have it: with the folder's real path. */
function installed(hooks: HookRegistration): HookRegistration {
	const text = JSON.stringify(hooks);
	return JSON.parse(text.replaceAll(`\${CLAUDE_PLUGIN_ROOT}`, repository));
}
