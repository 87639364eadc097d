const STEPS: Readonly<Record<string, readonly [columns: number, rows: number]>> = {
	ArrowLeft: [-1, 0],
	ArrowRight: [1, 0],
	ArrowUp: [0, -1],
	ArrowDown: [0, 1],
};

/** Marks that arrow keys move among: one of them is reached by Tab, Enter or a click takes it. */
export function rove(
	marks: readonly SVGElement[],
	perRow: number,
	onTake: (index: number) => void,
): void {
	for (const [index, mark] of marks.entries()) {
		mark.setAttribute("role", "button");
		mark.setAttribute("tabindex", index === 0 ? "0" : "-1");
		mark.addEventListener("click", () => onTake(index));
		mark.addEventListener("keydown", (event) => {
			if (event.key === "Enter" || event.key === " ") {
				event.preventDefault();
				onTake(index);
				return;
			}
			const step = STEPS[event.key];
			if (step === undefined) return;
			event.preventDefault();
			const next = marks[index + step[0] + step[1] * perRow];
			if (next === undefined) return;
			mark.setAttribute("tabindex", "-1");
			next.setAttribute("tabindex", "0");
			next.focus();
		});
	}
}
