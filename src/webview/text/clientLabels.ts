import type { ClientLabel } from "../../protocol/messages.ts";
import { clip } from "./clip.ts";

/** Clients as the host knows them; one that it does not know is told by its name. */
export class ClientLabels {
	readonly #labels: ReadonlyMap<string, ClientLabel>;

	constructor(known: readonly ClientLabel[]) {
		this.#labels = new Map(known.map((label) => [label.name, label]));
	}

	of(name: string): ClientLabel {
		return this.#labels.get(name) ?? { name, title: titleOf(name), mark: markOf(name) };
	}
}

/** "Some CLI" of `some-cli`: what is as short as an abbreviation is written as one. */
function titleOf(client: string): string {
	return clip(client, 60)
		.split("-")
		.map((word) =>
			word.length > 3 ? word.slice(0, 1).toUpperCase() + word.slice(1) : word.toUpperCase(),
		)
		.join(" ");
}

function markOf(client: string): string {
	const [first = "", second = ""] = clip(client, 60);
	return first.toUpperCase() + second;
}
