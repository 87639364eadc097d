/** One hook payload, as the client writes it to a hook's stdin. */
export type Payload = Readonly<Record<string, unknown>>;

/** The part that every payload has. */
export const session: Payload = {
	session_id: "11111111-2222-4333-8444-555555555555",
	transcript_path: "/home/dev/.claude/projects/-home-dev-project/11111111.jsonl",
	cwd: "/home/dev/project",
};

/** A payload of the orchestrator; fields given here come over the common ones. */
export function payload(hook: string, fields: Payload = {}): Payload {
	return { ...session, hook_event_name: hook, ...fields };
}

/** A tool call's payload, by default of the orchestrator. */
export function call(hook: string, tool: string, input: unknown, fields: Payload = {}): Payload {
	return payload(hook, {
		tool_name: tool,
		tool_input: input,
		tool_use_id: "toolu_01",
		...fields,
	});
}

/** What the common fields of a v2 event must be for {@link payload}, without `ts`. */
export function common(event: string): Payload {
	return { v: 2, event, ...session };
}
