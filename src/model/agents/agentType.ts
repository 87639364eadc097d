/** What the client takes where a launch leaves the type to it. */
const DEFAULT_TYPE = "general-purpose";

/**
 * The type of an agent; empty where neither it nor its launch is known.
 *
 * @param own what the agent said itself
 * @param asked what its launch asked for, which may be nothing; null while no launch is known
 */
export function agentTypeOf(own: string, asked: string | null): string {
	return own || (asked === "" ? DEFAULT_TYPE : (asked ?? ""));
}
