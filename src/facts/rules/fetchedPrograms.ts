import type { ShellCommand } from "../shell/commandLine.ts";
import type { Word } from "../shell/word.ts";
import { isShell, programIn, programOf, unwrap } from "../shell/wrappers.ts";

const FETCHERS = /^(?:curl|wget|fetch|https?|xh|iwr|irm|invoke-webrequest|invoke-restmethod)$/i;
/** In the text of a word, where no command is told from another. */
const FETCHES =
	/(?:^|[\s(`/])(?:curl|wget|fetch|https?|xh|iwr|irm|invoke-webrequest|invoke-restmethod)\s|\.DownloadString\(/i;
/** Puts in what a command prints, where a command would stand. */
const AT_COMMAND = /^(?:\$?\(|`)|[;&|\n]\s*(?:\$\(|`)/;

/** How an interpreter is told what to run. */
interface Interpreter {
	readonly program: RegExp;
	/** Options behind which the program stands, or a module's name: standard input is data then. */
	readonly code: RegExp;
	/** Options that take the next word as their value. */
	readonly valued: RegExp;
	/** Options with which it runs nothing. */
	readonly idle: RegExp;
	/** What stands before the file, as in `deno run -`. */
	readonly verbs?: RegExp;
}

const VERSION = "--version|--help|-V";

const INTERPRETERS: readonly Interpreter[] = [
	{
		program: /^(?:bash|sh|zsh|dash|ksh|ash|fish)$/,
		code: /^-[a-zA-Z]*c[a-zA-Z]*$/,
		valued: /^[-+][a-zA-Z]*[oO]$|^--(?:rcfile|init-file)$/,
		idle: new RegExp(`^(?:${VERSION}|-[a-mo-z]*n[a-z]*)$`),
	},
	{
		program: /^(?:python|pypy)[\d.]*$/,
		code: /^-[A-Zbdhiqsuvx]*[cm]/,
		valued: /^-[WX]$/,
		idle: new RegExp(`^(?:${VERSION})$`),
	},
	{
		program: /^(?:node|nodejs|tsx|ts-node)$/,
		code: /^(?:-e|--eval|-p|--print|-pe)(?:=|$)/,
		valued: /^(?:-r|--require|--import|--loader|--experimental-loader|-C|--conditions|--env-file)$/,
		idle: new RegExp(`^(?:${VERSION}|-v|-c|--check)$`),
	},
	{
		program: /^perl[\d.]*$/,
		code: /^-[a-zA-Z0-9]*[eE]/,
		valued: /^-[I]$/,
		idle: new RegExp(`^(?:${VERSION}|-v|-c)$`),
	},
	{
		program: /^ruby[\d.]*$/,
		code: /^-[a-zA-Z]*e$/,
		valued: /^-[rI]$/,
		idle: new RegExp(`^(?:${VERSION}|-v|-c)$`),
	},
	{
		program: /^php[\d.]*$/,
		code: /^(?:-r|-f|-B|-R|-E|--run|--file)$/,
		valued: /^-[dcz]$/,
		idle: new RegExp(`^(?:${VERSION}|-v|-l)$`),
	},
	{
		program: /^(?:deno|bun)$/,
		code: /^(?:eval|-e|--eval|-p|--print|fmt|lint|test|check|install|i|add|x|task|build|pm|create)$/,
		valued: /^(?:-c|--config|--import-map|--cwd)$/,
		idle: new RegExp(`^(?:${VERSION}|-v)$`),
		verbs: /^run$/,
	},
	{ program: /^lua[\d.]*$/, code: /^-e/, valued: /^-l$/, idle: /^-v$/ },
	{ program: /^Rscript$/, code: /^-e$/, valued: /^(?!)/, idle: new RegExp(`^(?:${VERSION})$`) },
	{
		program: /^(?:pwsh|powershell)$/i,
		code: /^-(?:c|command|f|file|e|enc|encodedcommand)$/i,
		valued: /^-(?:ep|ex\w*|executionpolicy|wd|workingdirectory)$/i,
		idle: new RegExp(`^(?:${VERSION})$`),
	},
];

/** What a command takes its program from. */
interface ProgramSource {
	/** Standard input. */
	readonly isInput: boolean;
	/** The word that is the program, or names the file that holds it. */
	readonly word: Word | null;
	/** Whether that word names a file. */
	readonly isFile: boolean;
}

const NOTHING: ProgramSource = { isInput: false, word: null, isFile: false };

/**
 * `curl … | sh`, `sh <(curl …)` and `sh -c "$(curl …)"`: a shell or interpreter whose program is what
 * was fetched. Where it has one of its own, what was fetched is data.
 */
export function runsWhatItFetches(command: ShellCommand): boolean {
	const { isInput, word, isFile } = sourceOf(command);
	if (word !== null && !word.isLiteral && FETCHES.test(word.text)) {
		return isFile ? word.text.startsWith("<(") : AT_COMMAND.test(word.text);
	}
	if (!isInput) return false;
	// What the line itself gives a command takes the place of the pipe, and so does a file.
	const piped = command.inputs.length > 0 || command.readsFile ? null : command.reads;
	for (let source = piped; source !== null; source = source.reads) {
		if (printsWhatItFetches(source)) return true;
	}
	// What is fetched within no word of the command is fetched in a redirection.
	const isInWord = command.words.some(({ text }) => FETCHES.test(text));
	return (
		command.inputs.some((text) => AT_COMMAND.test(text) && FETCHES.test(text)) ||
		(!isInWord && command.inner.some(printsWhatItFetches))
	);
}

function sourceOf(command: ShellCommand): ProgramSource {
	const words = unwrap(command.words);
	const [first, ...rest] = words;
	const program = programIn(first);
	if (program === "eval") return { ...NOTHING, word: joined(rest) };
	if (/^(?:iex|invoke-expression)$/i.test(program)) {
		return rest.length === 0 ? { ...NOTHING, isInput: true } : { ...NOTHING, word: joined(rest) };
	}
	// `uv run -` names no interpreter.
	if (first?.text === "-" && words !== command.words) return { ...NOTHING, isInput: true };
	if (program === "source" || first?.text === ".") return ofFile(rest[0]);
	const interpreter = INTERPRETERS.find((each) => each.program.test(program));
	if (interpreter === undefined) return NOTHING;
	// Words that `xargs` adds are a script only where one is awaited.
	const isFed = command.words.some(({ text }) => programIn({ text, isLiteral: true }) === "xargs");
	return isFed
		? { ...NOTHING, isInput: /^-[a-z]*c$/.test(rest.at(-1)?.text ?? "") }
		: ofWords(rest, interpreter, program);
}

function ofWords(rest: readonly Word[], interpreter: Interpreter, program: string): ProgramSource {
	const { code, valued, idle, verbs } = interpreter;
	for (let index = 0; index < rest.length; index++) {
		const word = rest[index];
		const text = word?.text ?? "";
		if (idle.test(text)) return NOTHING;
		if (code.test(text)) {
			const script = rest[index + 1];
			if (/^-c(?:ommand)?$/i.test(text) && script?.text === "-")
				return { ...NOTHING, isInput: true };
			return { ...NOTHING, word: script ?? null };
		}
		if (isShell(program) && /^-[a-z]*s[a-z]*$/.test(text)) return { ...NOTHING, isInput: true };
		// Behind it PHP has no file any more, but words for the program.
		if (text === "--" && program.startsWith("php")) break;
		if (valued.test(text)) index++;
		else if (verbs?.test(text) || (/^[-+]./.test(text) && text !== "--")) continue;
		else if (text !== "--") return ofFile(word);
	}
	return { ...NOTHING, isInput: true };
}

function ofFile(word: Word | undefined): ProgramSource {
	const isInput = /^(?:-|\/dev\/(?:stdin|fd\/0)|\/proc\/self\/fd\/0)$/.test(word?.text ?? "");
	return isInput ? { ...NOTHING, isInput } : { isInput: false, word: word ?? null, isFile: true };
}

function joined(words: readonly Word[]): Word {
	return {
		text: words.map(({ text }) => text).join(" "),
		isLiteral: words.every(({ isLiteral }) => isLiteral),
	};
}

/** What is fetched into a file is not handed on. */
function printsWhatItFetches(command: ShellCommand): boolean {
	const program = programOf(command);
	// `(New-Object Net.WebClient).DownloadString('…')`: what is asked of it is no command.
	if (/^new-object$/i.test(program))
		return command.words.some(({ text }) => /WebClient$/i.test(text));
	if (program === "cat") return command.inner.some(printsWhatItFetches);
	if (/^(?:echo|printf)$/.test(program)) {
		const { text } = joined(
			unwrap(command.words)
				.filter((word) => /^[^-%]/.test(word.text))
				.slice(1),
		);
		return AT_COMMAND.test(text) && FETCHES.test(text);
	}
	if (!FETCHERS.test(program)) return false;
	const args = unwrap(command.words)
		.slice(1)
		.map(({ text }) => text);
	const at = args.findIndex((arg) =>
		program === "wget"
			? /^-[a-zA-Z]*O|^--output-document/.test(arg)
			: /^-[a-zA-Z]*[oO]$|^--output$|^--remote-name/.test(arg),
	);
	const file = at < 0 ? "" : (/(?:O|=)(.+)$/.exec(args[at] ?? "")?.[1] ?? args[at + 1] ?? "");
	return program === "wget"
		? /^(?:-|\/dev\/stdout)$/.test(file)
		: at < 0 || /^(?:-|\/dev\/stdout)$/.test(file);
}
