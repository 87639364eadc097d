import type { StartOptions } from "./options.ts";

/** An editor that was started, whichever kind. */
export interface Editor {
	/** Where it can be seen; undefined for a window of its own. */
	readonly url: string | undefined;
	/** A file that leads there, which names no token to whoever reads the list of processes. */
	readonly page: string | undefined;
	/** Settles when it ends by itself, with what there is to say about it. */
	readonly ended: Promise<string>;
	stop(): Promise<void>;
}

/** Settings that make the panel open by itself, and say which log it follows. */
export function panelSettings({ isDemo, eventsFile }: StartOptions): object {
	return {
		// Folders have settings that run programs.
		"security.workspace.trust.enabled": true,
		"security.workspace.trust.startupPrompt": "never",
		"agentLiveGraph.openOnStartup": true,
		"agentLiveGraph.demoOnStartup": isDemo ? "always" : "whenEmpty",
		...(eventsFile === undefined ? {} : { "agentLiveGraph.eventsFile": eventsFile }),
	};
}

/** The user's environment without what npm adds for its scripts. */
export function userEnvironment(): NodeJS.ProcessEnv {
	const entries = Object.entries(process.env);
	return Object.fromEntries(entries.filter(([name]) => !/^npm_/i.test(name)));
}
