/** Style that a picture needs outside of the page. */
const STYLED = [
	"fill",
	"stroke",
	"stroke-width",
	"stroke-dasharray",
	"opacity",
	"paint-order",
	"font",
	"text-anchor",
];
const SCALE = 2;

/** A picture as text that draws the same anywhere: what style sheets give it stands in it. */
export function svgText(chart: SVGSVGElement, ground: string): string {
	const copy = chart.cloneNode(true) as SVGSVGElement;
	const originals = [chart, ...chart.querySelectorAll<SVGElement>("*")];
	const copies = [copy, ...copy.querySelectorAll<SVGElement>("*")];
	for (const [at, original] of originals.entries()) {
		const style = getComputedStyle(original);
		for (const name of STYLED) copies[at]?.setAttribute(name, style.getPropertyValue(name));
		for (const name of ["class", "tabindex", "role"]) copies[at]?.removeAttribute(name);
	}
	const [, , width = 0, height = 0] = (chart.getAttribute("viewBox") ?? "").split(" ").map(Number);
	copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
	copy.setAttribute("width", String(width));
	copy.setAttribute("height", String(height));
	const back = document.createElementNS("http://www.w3.org/2000/svg", "rect");
	for (const [name, value] of Object.entries({ width, height, fill: ground })) {
		back.setAttribute(name, String(value));
	}
	copy.prepend(back);
	return new XMLSerializer().serializeToString(copy);
}

/** The same as the base64 of a PNG, twice as large. Rejects where the picture cannot be drawn. */
export async function pngData(text: string): Promise<string> {
	const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml" }));
	try {
		const image = new Image();
		image.src = url;
		await image.decode();
		const canvas = document.createElement("canvas");
		canvas.width = image.naturalWidth * SCALE;
		canvas.height = image.naturalHeight * SCALE;
		canvas.getContext("2d")?.drawImage(image, 0, 0, canvas.width, canvas.height);
		return canvas.toDataURL("image/png").replace(/^data:[^,]*,/, "");
	} finally {
		URL.revokeObjectURL(url);
	}
}
