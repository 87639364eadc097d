import type { Node } from "jsonc-parser";
import { type FoundCommand, findOurScript, type PathReader } from "./hookCommand.ts";
import { elementsOf, keyOf, valueAt } from "./settings/settingsText.ts";

/** A handler in a settings file, and the nodes that it lies in, from the outermost. */
export interface HandlerPlace {
	readonly event: string;
	readonly root: Node;
	readonly hooksProperty: Node;
	readonly hooks: Node;
	readonly eventProperty: Node;
	readonly groups: Node;
	readonly group: Node;
	readonly handlers: Node;
	readonly handler: Node;
	/** Its command line. */
	readonly command: Node;
}

/** A handler that runs a script of ours. */
export interface OwnHandler extends FoundCommand, HandlerPlace {}

/** What a handler of ours runs on which event. */
export interface OwnCommand {
	readonly event: string;
	readonly script: string;
	/** The command line as it stands in the file. */
	readonly command: string;
}

export function commandsOf(own: readonly OwnHandler[]): OwnCommand[] {
	return own.map(({ event, script, command }) => ({
		event,
		script,
		command: String(command.value),
	}));
}

/** Every handler that runs a script of ours, as they stand. What has an odd shape is not ours. */
export function ownHandlers(root: Node | null, reader: PathReader): OwnHandler[] {
	return handlerPlaces(root).flatMap((place) => {
		const found = findOurScript(String(place.command.value), reader);
		return found === null ? [] : [{ ...place, ...found }];
	});
}

/** Every handler that is a command, anybody's. */
export function handlerPlaces(root: Node | null): HandlerPlace[] {
	const hooksProperty = root?.children?.findLast((property) => keyOf(property) === "hooks");
	const hooks = hooksProperty?.children?.[1];
	if (root === null || hooksProperty === undefined || hooks?.type !== "object") return [];
	return (hooks.children ?? []).flatMap((eventProperty) => {
		const groups = eventProperty.children?.[1];
		return elementsOf(groups).flatMap((group) => {
			const handlers = valueAt(group, "hooks");
			if (groups === undefined || handlers === undefined) return [];
			const around = { root, hooksProperty, hooks, eventProperty, groups, group, handlers };
			return elementsOf(handlers).flatMap((handler) => {
				const command = valueAt(handler, "command");
				const isCommand = valueAt(handler, "type")?.value === "command";
				if (!isCommand || typeof command?.value !== "string") return [];
				return [{ ...around, event: keyOf(eventProperty), handler, command }];
			});
		});
	});
}
