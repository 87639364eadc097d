import { Recording } from "../../model/recording/recording.ts";
import type { PageMessage, RecordedMessage } from "../../protocol/messages.ts";

/**
 * What was told of one session from its beginning on, as the host hands it over for as long as
 * anybody here wants it.
 */
export class Recordings {
	readonly #post: (message: PageMessage) => void;
	/** Who wants it, and what each does when more has come. */
	readonly #users = new Map<object, () => void>();
	readonly #wanted: { key: string; session: string } = { key: "", session: "" };
	#recording: Recording | null = null;
	#isWhole = false;

	constructor(post: (message: PageMessage) => void) {
		this.#post = post;
	}

	/** null while nobody wants one, and while nothing of it has come. */
	get current(): Recording | null {
		return this.#recording;
	}

	/** Whether all that was told before now has come. */
	get isWhole(): boolean {
		return this.#isWhole;
	}

	/** Id of the session that is wanted; empty for none. */
	get session(): string {
		return this.#wanted.session;
	}

	isWantedBy(user: object, { session }: { readonly session: string }): boolean {
		return this.#users.has(user) && this.#wanted.session === session;
	}

	/**
	 * Asks for a session, for all that want one: there is one at a time.
	 *
	 * @param node any node of it
	 * @param onChange told whenever more has come, or another is wanted
	 */
	want(
		user: object,
		node: { readonly key: string; readonly session: string },
		onChange: () => void,
	): void {
		const isNew = !this.#users.has(user);
		this.#users.set(user, onChange);
		if (node.session !== this.#wanted.session) this.#ask(node.key, node.session);
		// What has come for others before will not come again.
		else if (isNew && this.#recording !== null) onChange();
	}

	release(user: object): void {
		if (this.#users.delete(user) && this.#users.size === 0) this.#ask(null, "");
	}

	/** The host has forgotten what was asked for, as after a connection that broke. */
	askAgain(): void {
		if (this.#wanted.session !== "") this.#post({ type: "record", id: this.#wanted.key });
	}

	take({ session, events, isFirst, isWhole }: RecordedMessage): void {
		if (session !== this.#wanted.session) return;
		if (isFirst || this.#recording === null) this.#recording = new Recording(session);
		this.#recording.add(events);
		this.#isWhole = isWhole;
		this.#tell();
	}

	#ask(key: string | null, session: string): void {
		this.#wanted.key = key ?? "";
		this.#wanted.session = session;
		this.#recording = null;
		this.#isWhole = false;
		this.#post({ type: "record", id: key });
		this.#tell();
	}

	#tell(): void {
		for (const onChange of this.#users.values()) onChange();
	}
}
