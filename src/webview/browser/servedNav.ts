const PAGES = [
	{ path: "/", text: "Live graph" },
	{ path: "/insights", text: "Insights" },
] as const;

/** Ways between the pages that the stream serves, above the page that is open. */
export function addServedNav(body: HTMLElement): void {
	const nav = document.createElement("nav");
	nav.className = "served";
	nav.setAttribute("aria-label", "Pages");
	for (const { path, text } of PAGES) {
		const link = document.createElement("a");
		link.href = path;
		link.textContent = text;
		if (path === location.pathname) link.setAttribute("aria-current", "page");
		nav.append(link);
	}
	body.prepend(nav);
}
