// Says what set-up is doing, how far it is and how long it has taken. Runs before any dependency
// is there, hence plain JavaScript.

const isInteractive = process.stderr.isTTY === true && process.env.CI === undefined;
/** Milliseconds between two redraws of a terminal's line, and between two lines of a log. */
const interval = isInteractive ? 250 : 15_000;

/**
 * @typedef {object} Progress
 * @property {(text: string) => void} update How far it is, such as "fetched 12 of 180".
 * @property {(text?: string) => void} done
 * @property {() => void} fail
 */

/**
 * Goes to stderr, so that the output of a command stays clean.
 * @param {string} title What is being done.
 * @returns {Progress}
 */
export function startProgress(title) {
	const started = performance.now();
	let state = "";
	const seconds = () => `${Math.round((performance.now() - started) / 1000)} s`;
	const line = (/** @type {string} */ text) =>
		[`set-up: ${title}`, text].filter(Boolean).join(": ");
	const draw = () => {
		const text = `${line(state)} (${seconds()})`;
		if (isInteractive) {
			process.stderr.write(`\r\x1b[2K${text.slice(0, (process.stderr.columns ?? 80) - 1)}`);
		} else {
			console.error(text);
		}
	};
	const timer = setInterval(draw, interval);
	const end = (/** @type {string} */ text) => {
		clearInterval(timer);
		console.error(`${isInteractive ? "\r\x1b[2K" : ""}${line(text)} (${seconds()})`);
	};
	console.error(line("started"));
	return {
		update: (text) => {
			state = text;
		},
		done: (text = "done") => end(text),
		fail: () => end("failed"),
	};
}
