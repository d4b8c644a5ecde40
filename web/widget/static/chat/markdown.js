// Draws the small Markdown of our answers: paragraphs, "- " lists, **bold**, [links](https://...).
// Everything else stays the text it is.
import { make, unseen } from "./dom.js";
import { say } from "./strings.js";

const ALLOWED = new Set(["https:", "http:", "tel:", "mailto:"]);
const INLINE = /\*\*(.+?)\*\*|\[([^\]]+)\]\(([^()\s]+)\)/g;

/** The nodes for a text; an empty list for an empty one. */
export function draw(text) {
  const blocks = [];
  let list = null;
  let lines = [];
  const endParagraph = () => {
    if (lines.length) blocks.push(make("p", {}, lines.flatMap((line, i) => (i ? [make("br"), ...inline(line)] : inline(line)))));
    lines = [];
  };
  for (const line of text.replace(/\r/g, "").split("\n")) {
    if (line.startsWith("- ")) {
      endParagraph();
      if (!list) blocks.push((list = make("ul")));
      list.append(make("li", {}, inline(line.slice(2))));
    } else {
      list = null;
      if (line.trim()) lines.push(line);
      else endParagraph();
    }
  }
  endParagraph();
  return blocks;
}

/** The same text without its marks, for speaking. */
export function plain(text) {
  const unmarked = (marked) => marked.replace(INLINE, (_, bold, label) => (bold ? unmarked(bold) : label));
  return unmarked(text).replace(/^- /gm, "");
}

/** A link, or only its label when the address is not one we allow. */
export function link(label, address) {
  const scheme = schemeOf(address);
  if (!ALLOWED.has(scheme)) return document.createTextNode(label);
  if (!scheme.startsWith("http")) return make("a", { href: address }, label);
  return make("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, label, unseen(` ${say("newTab")}`));
}

function schemeOf(address) {
  try {
    return new URL(address).protocol;
  } catch {
    return null; // relative or broken
  }
}

function inline(line) {
  const nodes = [];
  let end = 0;
  for (const match of line.matchAll(INLINE)) {
    const [whole, bold, label, address] = match;
    nodes.push(line.slice(end, match.index), bold ? make("strong", {}, inline(bold)) : link(label, address));
    end = match.index + whole.length;
  }
  return [...nodes, line.slice(end)].filter((node) => node !== "");
}
