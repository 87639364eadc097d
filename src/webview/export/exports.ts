import { formatDateTime } from "../../model/views/format.ts";
import type { PageMessage, ViewFormat } from "../../protocol/messages.ts";
import type { Picture } from "../picture.ts";
import type { PageModel } from "../state/pageModel.ts";
import { plural } from "../text/numbers.ts";
import { SvgContext } from "./svgContext.ts";

/** Pixels of an exported picture to one of the page, at least. */
const SCALE = 2;

/** Hands over what is to be taken along of the page. */
export class Exports {
	readonly #picture: Picture;
	readonly #model: PageModel;
	readonly #post: (message: PageMessage) => void;

	constructor(picture: Picture, model: PageModel, post: (message: PageMessage) => void) {
		this.#picture = picture;
		this.#model = model;
		this.#post = post;
	}

	/** The picture as it is seen at the moment. */
	view(format: ViewFormat): void {
		const picture = this.#picture;
		const data = format === "svg" ? asSvg(picture, titleOf(this.#model)) : asPng(picture);
		this.#post({ type: "exported", format, data });
	}

	/** The session of what is selected, else the only one; where there are several, the host asks. */
	session(): void {
		const { graph } = this.#model;
		const [only, other] = graph.sessions();
		const selected = this.#model.selectedView();
		const own = selected && graph.sessionOf(selected);
		const session = own ?? (other === undefined ? only : undefined);
		this.#post({ type: "exportSession", id: session?.key ?? null });
	}
}

function titleOf({ clock, counters }: PageModel): string {
	const agents = plural(counters.alive, "agent");
	return `Agent Live Graph, ${formatDateTime(clock.now())}: ${agents} at work`;
}

function asSvg(picture: Picture, title: string): string {
	const context = new SvgContext();
	return context.toSvg({ ...picture.drawOn(context), title });
}

/** @returns base64 */
function asPng(picture: Picture): string {
	const { width, height } = picture.size;
	const scale = Math.max(SCALE, window.devicePixelRatio || 1);
	const canvas = document.createElement("canvas");
	canvas.width = Math.round(width * scale);
	canvas.height = Math.round(height * scale);
	const context = canvas.getContext("2d");
	if (context === null) throw new Error("no 2D canvas");
	context.scale(scale, scale);
	picture.drawOn(context);
	return canvas.toDataURL("image/png").replace(/^data:image\/png;base64,/, "");
}
