// Makes elements. The only way the chat page makes them: no markup from text anywhere.

/** An element with attributes (false and null ones left out; functions are listeners) and children (null ones left out). */
export function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") node.addEventListener(name, value);
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined));
  return node;
}

/** Text that only screen readers get. */
export function unseen(text) {
  return make("span", { class: "unseen" }, text);
}

const PATHS = {
  alert: "M12 4 2.800 20h18.400L12 4ZM12 10v4.500M12 17.300v.2",
  clock: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM12 7.500V12l3 2",
  heart: "M12 20s-8-4.800-8-10.500A4.300 4.300 0 0 1 12 7a4.300 4.300 0 0 1 8 2.500C20 15.200 12 20 12 20Z",
  note: "M12 3.500a8.500 8.500 0 1 0 0 17 8.500 8.500 0 0 0 0-17ZM12 11v5.500M12 7.700v.2",
  down: "m6 9 6 6 6-6",
  tick: "m5 12.500 4.500 4.500L19 7.500",
};

/** A line drawing that says nothing to screen readers. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS(svg.namespaceURI, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}
