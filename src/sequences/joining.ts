/**
 * Tools whose calls lie in what a model has just thought: to read, to edit, to search, to plan, to ask.
 * One that edits may be counted under the function that it edits, so the function alone does not tell.
 */
const MODEL_TOOLS: ReadonlySet<string> = new Set(
	`Read Edit MultiEdit Write NotebookRead NotebookEdit Grep Glob LS TodoRead TodoWrite TaskCreate
	TaskUpdate TaskGet TaskList TaskOutput TaskStop ToolSearch EnterPlanMode ExitPlanMode exit_plan_mode
	AskUserQuestion WebFetch WebSearch`.split(/\s+/),
);

/** Whether a script could make a call together with others, and not only a model. */
export function canBeJoined(functionId: string, tool: string): boolean {
	return !functionId.startsWith("tool:") && !MODEL_TOOLS.has(tool);
}
