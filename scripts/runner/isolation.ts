import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A home that nobody lives in: no test may read or write a developer's own configuration. */
export interface Isolation {
	readonly folder: string;
	/** The environment to start things in. */
	readonly env: Record<string, string>;
	/** Claude Code's configuration folder within it. */
	readonly configFolder: string;
	remove(): void;
}

const passedOn = [
	"PATH",
	"LANG",
	"TZ",
	"TERM",
	"CI",
	"CHROME_PATH",
	"CLAUDE_BIN",
	"NO_COLOR",
	// How often the fault tests repeat what is left to chance.
	"AGENT_LIVE_GRAPH_FAULT_RUNS",
];

/** Makes the folder and the environment. */
export function isolate(): Isolation {
	const folder = mkdtempSync(join(tmpdir(), "agent-live-graph-"));
	const configFolder = join(folder, ".claude");
	mkdirSync(configFolder);
	const env: Record<string, string> = { HOME: folder, CLAUDE_CONFIG_DIR: configFolder };
	for (const name of passedOn) {
		const value = process.env[name];
		if (value !== undefined) {
			env[name] = value;
		}
	}
	return {
		folder,
		env: process.platform === "win32" ? { ...definedEnvironment(), ...env } : env,
		configFolder,
		remove: () => rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
	};
}

/** Windows starts next to nothing without its own variables. */
function definedEnvironment(): Record<string, string> {
	const entries = Object.entries(process.env);
	return Object.fromEntries(entries.filter((entry): entry is [string, string] => !!entry[1]));
}
