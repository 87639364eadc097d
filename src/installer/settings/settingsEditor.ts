import type { Node } from "jsonc-parser";
import { type HandlerPlace, handlerPlaces } from "../ownHandlers.ts";
import type { Handler } from "../registration.ts";
import { SettingsError } from "./settingsError.ts";
import { elementsOf, keyOf, parseSettings, valueAt } from "./settingsText.ts";
import { printed, styleOf } from "./textStyle.ts";
import { endOf, insertItem, type NewItem, removeItem, replaceValue } from "./treeEdits.ts";

/**
 * What an installation had to make before it could put its handlers in, so that taking them out
 * leaves the file as it was: containers by their keys, such as `hooks/Stop`; empty for the whole.
 */
export interface MadeNotes {
	readonly made: readonly string[];
	/** Containers that were there, empty, and got this line end before their closing bracket. */
	readonly padded: Readonly<Record<string, string>>;
}

export const NO_NOTES: MadeNotes = { made: [], padded: {} };

/** The text of a settings file under change. It is parsed again after each step. */
export class SettingsEditor {
	readonly #bom: string;
	readonly #made = new Set<string>();
	readonly #padded = new Map<string, string>();
	#text: string;
	/** Of the text as it is; undefined until somebody asks for it. */
	#parsed: Node | null | undefined;

	/** @throws SettingsError for a text that is no JSON object */
	constructor(all: string) {
		const { bom, text, root } = parseSettings(all);
		this.#bom = bom;
		this.#text = text;
		this.#parsed = root;
	}

	/** What an installation had to make in this very file. */
	recall({ made, padded }: MadeNotes): void {
		for (const name of made) this.#made.add(name);
		for (const [name, padding] of Object.entries(padded)) this.#padded.set(name, padding);
	}

	get root(): Node | null {
		if (this.#parsed === undefined) this.#parsed = parseSettings(this.#text).root;
		return this.#parsed;
	}

	result(): { text: string; notes: MadeNotes } {
		const notes = { made: [...this.#made], padded: Object.fromEntries(this.#padded) };
		return { text: this.#bom + this.#text, notes };
	}

	/**
	 * Adds groups of handlers behind those of their events.
	 *
	 * @throws SettingsError when something else stands where the groups should
	 */
	add(added: ReadonlyMap<string, readonly object[]>): void {
		if (added.size === 0) return;
		const hooks = valueAt(this.root, "hooks");
		if (hooks === undefined) {
			this.#makeHooks(Object.fromEntries(added));
			for (const event of added.keys()) this.#made.add(`hooks/${event}`);
			return;
		}
		if (hooks.type !== "object") throw this.#odd(hooks, "hooks is not an object");
		for (const [event, groups] of added) this.#addTo(event, groups);
	}

	/** Removes handlers of this very text, and with them what we made and they alone are in. */
	remove(handlers: readonly HandlerPlace[]): void {
		const out = new Set(handlers.map(({ handler }) => handler.offset));
		// From the last to the first: each step undoes one of an installation, and moves nothing
		// that is still to be removed. What has moved must not be taken for what stood there.
		for (const offset of [...out].reverse()) {
			const places = out.has(offset) ? handlerPlaces(this.root) : [];
			const place = places.find(({ handler }) => handler.offset === offset);
			if (place === undefined) continue;
			const removed = this.#removeWith(place, out);
			for (const each of out) if (each >= removed) out.delete(each);
		}
	}

	/** Changes a handler where it stands. Those behind it must have been changed before. */
	upgrade({ handler, command }: HandlerPlace, wanted: Handler, commandLine: string): void {
		this.#set(replaceValue(this.#text, command, commandLine));
		this.#setAsync(handler.offset, wanted.isAsync);
		this.#setMatcher(handler.offset, wanted.matcher);
	}

	#setAsync(offset: number, isAsync: boolean): void {
		const handler = this.#placeOf(offset)?.handler;
		const now = valueAt(handler, "async");
		if (handler === undefined || (now?.value === true) === isAsync) return;
		if (now !== undefined) this.#set(replaceValue(this.#text, now, isAsync));
		else this.#insert(handler, "handler", { key: "async", value: true });
	}

	/** Only where the group holds nothing else: a matcher of somebody's own list is theirs. */
	#setMatcher(offset: number, matcher: string | undefined): void {
		const place = this.#placeOf(offset);
		const now = valueAt(place?.group, "matcher");
		if (matcher === undefined || now === undefined || now.value === matcher) return;
		if (elementsOf(place?.handlers).length === 1) {
			this.#set(replaceValue(this.#text, now, matcher));
		}
	}

	/**
	 * Removes the widest thing around a handler that holds nothing but handlers to be removed.
	 *
	 * @returns where it began
	 */
	#removeWith({ root, hooksProperty, hooks, ...place }: HandlerPlace, out: Set<number>): number {
		const isOut = ({ offset }: Node) => out.has(offset);
		const isGroupOut = (group: Node) => holdsOnly(valueAt(group, "hooks"), isOut);
		const isEventOut = (property: Node) =>
			this.#made.has(`hooks/${keyOf(property)}`) && holdsOnly(property.children?.[1], isGroupOut);
		const areHooksOut = this.#made.has("hooks") && holdsOnly(hooks, isEventOut);
		if (areHooksOut && this.#made.has("") && isAlone(root)) return this.#removeRoot(root);
		if (areHooksOut) return this.#cut(root, hooksProperty, "");
		if (isEventOut(place.eventProperty)) return this.#cut(hooks, place.eventProperty, "hooks");
		if (isGroupOut(place.group)) {
			return this.#cut(place.groups, place.group, `hooks/${place.event}`);
		}
		return this.#cut(place.handlers, place.handler, "handlers");
	}

	#removeRoot(root: Node): number {
		const after = this.#text.slice(endOf(root)).replace(/^(?:\r\n|\n|\r)/, "");
		this.#set(this.#text.slice(0, root.offset) + after);
		return root.offset;
	}

	#cut(container: Node, item: Node, name: string): number {
		const padding = this.#padded.get(name) ?? "";
		this.#set(removeItem(this.#text, container, item, padding));
		return item.offset;
	}

	#makeHooks(hooks: object): void {
		if (this.root !== null) this.#insert(this.root, "", { key: "hooks", value: hooks });
		else {
			const style = styleOf(this.#text, null);
			this.#set(this.#text + printed({ hooks }, style, "") + style.eol);
			this.#made.add("");
		}
		this.#made.add("hooks");
	}

	#addTo(event: string, added: readonly object[]): void {
		const hooks = valueAt(this.root, "hooks");
		const groups = valueAt(hooks, event);
		const name = `hooks/${event}`;
		if (hooks === undefined) return;
		if (groups === undefined) {
			this.#insert(hooks, "hooks", { key: event, value: added });
			this.#made.add(name);
			return;
		}
		if (groups.type !== "array") throw this.#odd(groups, `hooks.${event} is not a list`);
		for (const group of added) {
			const now = valueAt(valueAt(this.root, "hooks"), event);
			if (now !== undefined) this.#insert(now, name, { value: group });
		}
	}

	#insert(container: Node, name: string, item: NewItem): void {
		if (this.root === null) return;
		const { text, padding } = insertItem(this.#text, this.root, container, item);
		this.#set(text);
		if (padding !== "") this.#padded.set(name, padding);
	}

	#placeOf(offset: number): HandlerPlace | undefined {
		return handlerPlaces(this.root).find(({ handler }) => handler.offset === offset);
	}

	#set(text: string): void {
		this.#text = text;
		this.#parsed = undefined;
	}

	#odd(node: Node, message: string): SettingsError {
		return new SettingsError(message, this.#text, node.offset);
	}
}

/** Neither empty nor with anything else in it. */
function holdsOnly(container: Node | undefined, isWanted: (item: Node) => boolean): boolean {
	const items = container?.children ?? [];
	return items.length > 0 && items.every(isWanted);
}

function isAlone(container: Node): boolean {
	return container.children?.length === 1;
}
