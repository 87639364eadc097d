import { readFileSync } from "node:fs";
import { join } from "node:path";
import { hooksFolder } from "./hookLab.ts";
import type { Payload } from "./payloads.ts";

interface CommandHook {
	readonly type: string;
	readonly command: string;
	readonly timeout: number;
	readonly async?: boolean;
}

interface HookGroup {
	readonly matcher?: string;
	readonly hooks: readonly CommandHook[];
}

/** Groups of commands by hook, in the form of the client's settings. */
export type HookRegistration = Readonly<Record<string, readonly HookGroup[]>>;

/** @param client Claude Code unless told otherwise, whose registration is that of the plugin */
export function readRegistration(client = ""): HookRegistration {
	const file = client === "" ? "hooks.json" : join("lib", client, "hooks.json");
	return JSON.parse(readFileSync(join(hooksFolder, file), "utf8")).hooks;
}

/** Commands that the client runs for a payload. A matcher is tested against the tool's name. */
export function commandsFor(registration: HookRegistration, input: Payload): CommandHook[] {
	return (registration[String(input.hook_event_name)] ?? [])
		.filter(({ matcher }) => new RegExp(matcher ?? "").test(String(input.tool_name ?? "")))
		.flatMap((group) => group.hooks);
}

/** Names of the scripts that those commands run, such as `tool-use-event.sh`. */
export function scriptsFor(registration: HookRegistration, input: Payload): string[] {
	return commandsFor(registration, input).map(
		({ command }) => /([\w-]+\.sh)"?(?: [\w-]+)?$/.exec(command)?.[1] ?? command,
	);
}
