import { ENDLESS_COMMAND } from "../endlessCommand.ts";

/** One thing that an agent does, whatever a client's tool for it is called. */
export type Step =
	| { readonly does: "shell"; readonly command: string; readonly code: number }
	| { readonly does: "write"; readonly file: string; readonly content: string }
	/** Of a line in a file, which becomes several. */
	| {
			readonly does: "edit";
			readonly file: string;
			readonly line: string;
			readonly into: readonly string[];
	  }
	/** Of a file that is not there. */
	| { readonly does: "read"; readonly file: string }
	/** Calls a tool of the server `notes`, which fails but for `find`. */
	| { readonly does: "ask"; readonly tool: "find" | "lose" }
	| { readonly does: "launch"; readonly task: string }
	/** Waits for an agent, where launches do not. */
	| { readonly does: "join" };

/** What one agent does, answer by answer, and its last words. */
export interface Part {
	readonly turns: readonly (readonly Step[])[];
	readonly last: string;
	/** It is killed while it is about its last step. */
	readonly isCutOff?: boolean;
}

/** Agents by their tasks; the orchestrator's is `main`, and any that nobody launches is a later prompt. */
export type Scenario = Readonly<Record<string, Part>>;

export function shell(command: string, code = 0): Step {
	return { does: "shell", command: code === 0 ? command : `${command}; exit ${code}`, code };
}

export function write(file: string, content: string): Step {
	return { does: "write", file, content };
}

export function edit(file: string, line: string, ...into: string[]): Step {
	return { does: "edit", file, line, into };
}

export function read(file: string): Step {
	return { does: "read", file };
}

export function ask(tool: "find" | "lose"): Step {
	return { does: "ask", tool };
}

export function launch(task: string): Step {
	return { does: "launch", task };
}

export const join: Step = { does: "join" };

export function claim(shipped: string, stubs: number): string {
	return `So far.\n=== STATUS-TRUTH MARKER ===\nshipped: ${shipped}\nstubs: ${stubs}`;
}

/** Two agents at once, one in another, failures of commands and of tools, files that are written. */
export const mixed: Scenario = {
	main: {
		turns: [
			[shell("cat a.txt")],
			[shell("ls /nowhere", 3)],
			[launch("left"), launch("right")],
			[join],
			[join],
			[launch("outer")],
			[join],
			[write("made.txt", "one\ntwo\n")],
			[edit("made.txt", "two", "three", "four")],
			[read("missing.txt")],
		],
		last: "All done.",
	},
	left: {
		turns: [[shell("echo left")], [shell("cat nowhere.txt", 2)]],
		last: claim("functional", 0),
	},
	right: {
		turns: [[write("right.txt", "right\n")], [shell("sleep 1")]],
		last: claim("scaffolding", 3),
	},
	outer: {
		turns: [[launch("inner")], [join], [shell("echo outer")]],
		last: claim("partial", 2),
	},
	inner: { turns: [[shell("ls /nowhere", 4)], [shell("echo inner")]], last: "Nothing to claim." },
};

/** Three levels of agents, and two of one description at once in another. */
export const deep: Scenario = {
	main: { turns: [[launch("first")], [join], [shell("echo back")]], last: "Back." },
	first: {
		turns: [[shell("true")], [launch("second"), launch("other")], [join], [join]],
		last: claim("functional", 0),
	},
	second: { turns: [[launch("third")], [join]], last: claim("partial", 1) },
	other: { turns: [[shell("sleep 1")], [shell("ls /nowhere", 7)]], last: claim("fail", 0) },
	third: {
		turns: [[write("third.txt", "3\n"), shell("ls /nowhere", 5)]],
		last: claim("functional", 0),
	},
};

/** A session that ends, and what it is told when it is taken up again. */
export const twice: Scenario = {
	main: {
		turns: [[shell("cat a.txt")], [launch("left")], [join], [shell("ls /nowhere", 3)]],
		last: "Done for now.",
	},
	left: { turns: [[shell("ls /nowhere", 2)]], last: claim("partial", 1) },
	again: {
		turns: [[launch("right")], [join], [write("made.txt", "one\n")], [shell("ls /nowhere", 6)]],
		last: "Done again.",
	},
	right: { turns: [[shell("echo right")]], last: claim("functional", 0) },
};

/** An agent that is at work when the client is killed. */
export const cut: Scenario = {
	main: {
		turns: [[shell("ls /nowhere", 3)], [launch("quick")], [join], [launch("long")], [join]],
		last: "",
		isCutOff: true,
	},
	quick: { turns: [[shell("echo quick")]], last: claim("functional", 0) },
	long: { turns: [[shell(ENDLESS_COMMAND)]], last: "", isCutOff: true },
};

/** Tools of a server, by an agent too. */
export const asking: Scenario = {
	main: { turns: [[ask("find")], [ask("lose")], [launch("left")], [join]], last: "Asked." },
	left: { turns: [[ask("lose")], [ask("find")]], last: claim("functional", 0) },
};

/** By their names. */
export const scenarios: ReadonlyMap<string, Scenario> = new Map(
	Object.entries({ mixed, deep, twice, cut, asking }),
);
