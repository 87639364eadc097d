import type { TimelineRow } from "../../../model/timeline/timelineRow.ts";
import { circle } from "../../draw/painter.ts";
import { isolated } from "../../text/clip.ts";
import { familyOf, letterOf, subtitleOf, titleOf } from "../../text/words.ts";
import { HEAD, ROW, yOf } from "../geometry.ts";
import { inkOfRow, type TimelinePainter } from "./timelinePainter.ts";

const START = 12;
const INDENT = 12;
/** Deeper rows are not indented any further: their names would have no room. */
const MAX_INDENT = 5;
const LETTER = 14;
/** A task is not begun where there is less room, px. */
const LEAST_TASK = 34;

/** Names of the rows in view, at the left of all that scrolls by. */
export function drawLabels(painter: TimelinePainter): void {
	const { context, palette, geometry, rows } = painter;
	const { left, height } = geometry;
	context.save();
	context.beginPath();
	context.rect(0, HEAD, left - 6, height - HEAD);
	context.clip();
	context.textBaseline = "middle";
	for (const row of rows) drawLabel(painter, row);
	context.restore();
	context.globalAlpha = 0.13;
	context.fillStyle = palette.text;
	context.fillRect(left - 4.5, HEAD, 1, height - HEAD);
	context.globalAlpha = 1;
}

function drawLabel(painter: TimelinePainter, row: TimelineRow): void {
	const { context, palette, geometry, fonts, texts } = painter;
	const y = yOf(geometry, row.index) + ROW / 2 + 0.5;
	const x = START + Math.min(row.depth, MAX_INDENT) * INDENT;
	drawLetter(painter, row, x, y);
	const room = geometry.left - 10 - x - LETTER;
	const title = texts.fit(titleOf(row.view), fonts.title, Math.max(20, room));
	context.textAlign = "left";
	context.font = fonts.title;
	context.fillStyle = row.view.waiting === null ? palette.text : palette.amber.text;
	context.fillText(isolated(title.text), x + LETTER, y);
	const task = subtitleOf(row.view);
	const rest = room - title.width - 12;
	if (task === "" || rest < LEAST_TASK) return;
	context.font = fonts.task;
	context.fillStyle = palette.dimText;
	const from = x + LETTER + title.width;
	context.fillText("·", from + 4, y);
	context.fillText(isolated(texts.fit(task, fonts.task, rest).text), from + 12, y);
}

/** A letter tells the family where its hue does not. */
function drawLetter(painter: TimelinePainter, row: TimelineRow, x: number, y: number): void {
	const { context, palette, fonts } = painter;
	const ink = inkOfRow(row, palette);
	context.fillStyle = ink.text;
	if (row.view.kind === "session") {
		context.beginPath();
		circle(context, x + 3.5, y - 0.5, 3.5);
		context.fill();
		return;
	}
	context.font = fonts.letter;
	context.textAlign = "center";
	context.fillText(letterOf(familyOf(row.view.model)), x + 3.5, y);
}
