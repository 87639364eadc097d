import { resolve } from "node:path";
import { parseArgs } from "node:util";

export interface StartOptions {
	/** Undefined: the usual port, or a free one when that is taken. */
	readonly port: number | undefined;
	/** Absolute; undefined: the user's own log. */
	readonly eventsFile: string | undefined;
	readonly isDemo: boolean;
	readonly isDesktop: boolean;
	readonly isHelp: boolean;
}

export const usage = `usage: npm start [-- options]

Starts VS Code on 127.0.0.1 with Agent Live Graph in it, following the event log.

  --port N          listen on this port
  --events-file F   follow this log instead of your own
  --demo            play the demo, even when the log holds events
  --desktop         use the installed VS Code (\`code\`) instead, with a profile of its own
  --help            this text

Ctrl-C stops everything it started.`;

/** Reads the arguments; relative paths are relative to `folder`. Throws with a plain message. */
export function parseOptions(args: readonly string[], folder: string): StartOptions {
	const { values } = parseArgs({
		args: [...args],
		options: {
			port: { type: "string" },
			"events-file": { type: "string" },
			demo: { type: "boolean", default: false },
			desktop: { type: "boolean", default: false },
			help: { type: "boolean", short: "h", default: false },
		},
	});
	const eventsFile = values["events-file"];
	if (eventsFile === "") {
		throw new Error("--events-file needs a path");
	}
	if (values.desktop && values.port !== undefined) {
		throw new Error("--port and --desktop do not go together");
	}
	return {
		port: parsePort(values.port),
		eventsFile: eventsFile === undefined ? undefined : resolve(folder, eventsFile),
		isDemo: values.demo,
		isDesktop: values.desktop,
		isHelp: values.help,
	};
}

function parsePort(text: string | undefined): number | undefined {
	if (text === undefined) {
		return undefined;
	}
	const port = Number(text);
	if (!/^\d+$/.test(text) || port < 1 || port > 65_535) {
		throw new Error(`--port wants a number from 1 to 65535, not "${text}"`);
	}
	return port;
}
