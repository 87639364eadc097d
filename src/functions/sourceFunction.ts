/** A function of a source file. */
export interface SourceFunction {
	/**
	 * Names of the classes, modules and functions around it and its own, joined by dots. Where a file
	 * has a name more than once, all but the first end in `~2`, `~3`, in order of appearance.
	 */
	readonly name: string;
	/** First and last line, counted from 1. */
	readonly startLine: number;
	readonly endLine: number;
	/** Statements within, nested ones too. */
	readonly statements: number;
	/** Of the normalised parameters and body, see `functionsOf`; 32 digits of hex. */
	readonly hash: string;
}

/** Id of a function: `<path relative to its repository>#<qualified name>`. */
export function functionIdIn(relativePath: string, name: string): string {
	return `${relativePath}#${name}`;
}
