import type { NodeView } from "../../model/views/view.ts";

/** Words of a query beyond this many characters are not looked at. */
const MAX_QUERY = 200;

/** Tests a node, given the names of the tools it has used. */
export type Matcher = (view: NodeView, tools: Iterable<string>) => boolean;

/**
 * A test for nodes that hold every word of the query in their type, description, folder, id or
 * tools, case ignored; null for an empty query.
 */
export function searchMatcher(query: string): Matcher | null {
	const words = query.slice(0, MAX_QUERY).toLowerCase().split(/\s+/).filter(Boolean);
	if (words.length === 0) return null;
	return (view, tools) => {
		const text = searchText(view, tools);
		return words.every((word) => text.includes(word));
	};
}

function searchText(view: NodeView, tools: Iterable<string>): string {
	const waitsFor = view.waiting?.tool ?? "";
	const fields = [
		view.type,
		view.description,
		view.folder,
		view.client,
		view.id,
		waitsFor,
		...tools,
	];
	// A line break between the fields keeps a word from matching across two of them.
	return fields.join("\n").toLowerCase();
}
