/** What a command knows of the process that it runs in. */
export interface CliContext {
	readonly env: Readonly<Record<string, string | undefined>>;
	/** The user's home folder. */
	readonly home: string;
	/** Working folder, which paths of options start from. */
	readonly cwd: string;
	/** Folder of the bundle, its worker and its wasm. */
	readonly programFolder: string;
	/** ms since the epoch */
	now(): number;
	/** Writes the result. */
	print(text: string): void;
	/** Writes what is no result: notes and errors. */
	note(text: string): void;
	/** Somebody sits in front of it and can be asked. */
	readonly isInteractive: boolean;
	/** Asks on the terminal; an end of input is an empty answer. */
	ask(question: string): Promise<string>;
	/** Resolves when the user asks the program to end. */
	interrupted(): Promise<void>;
}
