/**
 * What of a canvas the layers draw with. Whatever has it can be drawn on: the canvas of the page, or a
 * picture in another format.
 */
export type DrawContext = Pick<
	CanvasRenderingContext2D,
	| "arc"
	| "beginPath"
	| "closePath"
	| "drawImage"
	| "fill"
	| "fillRect"
	| "fillStyle"
	| "fillText"
	| "font"
	| "globalAlpha"
	| "lineJoin"
	| "lineTo"
	| "lineWidth"
	| "moveTo"
	| "quadraticCurveTo"
	| "roundRect"
	| "setLineDash"
	| "stroke"
	| "strokeStyle"
	| "strokeText"
	| "textAlign"
	| "textBaseline"
>;
