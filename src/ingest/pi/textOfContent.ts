import { asObject, textOf } from "../kit/raw.ts";

/** The texts of a message's parts, joined by newlines. */
export function textOfContent(content: unknown): string {
	if (typeof content === "string") return content;
	if (!Array.isArray(content)) return "";
	return (content as unknown[])
		.map((part) => textOf(asObject(part)?.text))
		.filter((text) => text !== null)
		.join("\n");
}
