import type { CallArguments, CallKind } from "../../../model/events/events.ts";
import { Fields } from "../../fields/fields.ts";
import { programOf } from "../../kit/programOf.ts";
import { asObject } from "../../kit/raw.ts";
import { mcpToolOf } from "./tools.ts";

/** What the event contract lets through of a call's arguments, as hooks write it. */
export function argumentsOf(tool: string, kind: CallKind, input: unknown): CallArguments {
	const f = new Fields(asObject(input) ?? {});
	const { mcpServer, mcpTool } = mcpToolOf(tool);
	return {
		program: kind === "shell" ? programOf(f.text("command")) : "",
		filePath: f.text("file_path") || f.text("notebook_path"),
		skill: kind === "skill" ? f.id("skill") : "",
		mcpServer,
		mcpTool,
	};
}
