/** A command that shows whether an app works. */
export interface AppCheck {
	readonly id: string;
	/** For the system's shell, in the folder of the app's file. */
	readonly cmd: string;
	/** Seconds after which it has failed. */
	readonly timeoutS: number;
	/** Texts that its standard output has to hold, each of them. */
	readonly expects: readonly string[];
	/** Where it begins in the file, counted from 1. */
	readonly line: number;
}

/** What an `app.md` says of its app. */
export interface App {
	readonly name: string;
	/** Ids of the functions that it uses, for which its checks count. */
	readonly functionIds: readonly string[];
	readonly checks: readonly AppCheck[];
}

/** Why a file is not understood. */
export interface AppProblem {
	readonly reason: string;
	/** Counted from 1. */
	readonly line: number;
}
