/** The client's tool that launches agents, and what older clients called it. */
const AGENT_TOOLS: ReadonlySet<string> = new Set(["Agent", "Task"]);

/** Whether a call of this tool is an agent rather than a call. */
export function launchesAgent(tool: string): boolean {
	return AGENT_TOOLS.has(tool);
}
