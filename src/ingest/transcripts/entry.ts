/**
 * A part of a transcript as a person reads it. It is made on demand from the client's own file, shown,
 * and stored nowhere.
 */
export interface TranscriptEntry {
	/**
	 * - `prompt`: what a person, or whoever launched the agent, asked
	 * - `answer`: what the model said
	 * - `thinking`: what it said to itself
	 * - `call`: a tool call with its arguments
	 * - `result`: what came back of a call
	 * - `note`: what the client itself added
	 */
	readonly kind: "prompt" | "answer" | "thinking" | "call" | "result" | "note";
	/** ms since the epoch; null where the line does not tell */
	readonly at: number | null;
	/** As it stands in the file; arguments one a line. */
	readonly text: string;
	/** tool_use_id of a call or a result; else empty */
	readonly call: string;
	/** The client's own name of the tool of a call; else empty */
	readonly tool: string;
	/** File that a call names in its arguments, as the client wrote it; null where it names none */
	readonly file: string | null;
	/** Whether a result is a failure. */
	readonly isFailure: boolean;
	/** Branch of the working copy that it was said in; empty where the line does not tell. */
	readonly branch: string;
	/** Agent that said it where one file holds several; else empty */
	readonly agent: string;
}
