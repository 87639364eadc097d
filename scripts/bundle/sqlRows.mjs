// Lets the rows of sql.js be read where SQLite has them.

/** Functions of SQLite by what the package calls them inside. */
const CALLED = (/** @type {string} */ name) => new RegExp(`(\\w+)=\\w+\\("${name}"`);

/** What a statement is found by. */
const STEP = /(\w+)\.prototype\.step=function\(\)\{if\(!this\.(\w+)\)throw/;

/** The memory of SQLite, as the package reads a blob from it. */
const MEMORY = /\.prototype\.getBlob=function\(\w+\)\{[^}]*?\[\w+\]=(\w+)\[/;

/**
 * The package makes a list of every row, and a string of every text in it, most of which are only
 * compared with one that is known: that takes most of the time of reading a large table.
 *
 * @param {string} source of sql-wasm.js
 * @returns {string} the same, with a method `cells` of a statement, see src/telemetry/storage/cells.ts
 * @throws Error when the package is not built as it was
 */
export function withSqlRows(source) {
	const [, statement, pointer] = STEP.exec(source) ?? [];
	const [, memory] = MEMORY.exec(source) ?? [];
	const [number, text, length] = ["double", "text", "bytes"].map(
		(kind) => CALLED(`sqlite3_column_${kind}`).exec(source)?.[1],
	);
	const names = [statement, pointer, memory, number, text, length];
	if (names.includes(undefined))
		throw new Error("sql.js no longer reads as it did: see this script.");
	const step = `${statement}.prototype.step=`;
	const method =
		`${statement}.prototype["cells"]=function(){var at=this.${pointer};return{` +
		`number:function(column){return ${number}(at,column)},` +
		`text:function(column){return ${text}(at,column)},` +
		`length:function(column){return ${length}(at,column)},` +
		`memory:function(){return ${memory}}}};`;
	return source.replace(step, `${method}${step}`);
}
