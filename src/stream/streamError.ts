/** The stream can not be served as asked; the message says why, for people. */
export class StreamError extends Error {
	/** Error code of the system, such as `EADDRINUSE`; empty where there is none. */
	readonly code: string;

	constructor(message: string, code = "") {
		super(message);
		this.code = code;
	}
}
