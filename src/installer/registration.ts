/** A script in the folder of the plugin that the hooks belong to, and whose payloads it gets. */
const PLUGIN_SCRIPT = /^sh "\$\{CLAUDE_PLUGIN_ROOT\}\/hooks\/([\w-]+\.sh)"(?: ([\w-]+))?$/;

/** One command that the client is to run. An event and a script name it; there is one of each. */
export interface Handler {
	/** Hook of the client, such as `PreToolUse`. */
	readonly event: string;
	/** Which tools it is for; absent where the event knows no tools. */
	readonly matcher?: string;
	/** File name, such as `tool-use-event.sh`. */
	readonly script: string;
	/** Name of the client, as the script is told it; empty for the one that it need not be told of. */
	readonly client: string;
	/** Seconds. */
	readonly timeout: number;
	/** The client does not wait for it. */
	readonly isAsync: boolean;
}

interface Registration {
	readonly hooks: Readonly<
		Record<
			string,
			readonly {
				readonly matcher?: string;
				readonly hooks: readonly {
					readonly command: string;
					readonly timeout: number;
					readonly async?: boolean;
				}[];
			}[]
		>
	>;
}

/**
 * The handlers that a hooks.json registers, in its order. The plugin and the installer share that file,
 * so that they can not differ.
 *
 * @throws Error when the text is not such a registration
 */
export function readHandlers(hooksJson: string): Handler[] {
	const { hooks } = JSON.parse(hooksJson) as Registration;
	return Object.entries(hooks).flatMap(([event, groups]) =>
		groups.flatMap(({ matcher, hooks: commands }) =>
			commands.map(({ command, timeout, async: isAsync = false }) => {
				const [, script, client = ""] = PLUGIN_SCRIPT.exec(command) ?? [];
				if (script === undefined) throw new Error(`hooks.json runs no script of ours: ${command}`);
				const matched = matcher === undefined ? {} : { matcher };
				return { event, ...matched, script, client, timeout, isAsync };
			}),
		),
	);
}

/** The object that a settings file holds for a handler. */
export function handlerEntry({ timeout, isAsync }: Handler, command: string): object {
	return { type: "command", command, timeout, ...(isAsync ? { async: true } : {}) };
}
