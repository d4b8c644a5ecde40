// Puts the clinic's chat on any page with one tag:
//   <script src="https://chat.example/loader.js" data-phone="780-555-0142" async></script>
// It adds a button; the chat itself is a frame on this script's own origin, so the page around it
// can neither read what a visitor types nor restyle it. A link marked data-clinic-chat opens it too.
(() => {
  const script = document.currentScript;
  if (!script || document.querySelector("clinic-chat")) return;

  const CHAT = new URL("/chat", script.src);
  const PHONE = script.dataset.phone || "";
  const READY_WITHIN_MS = 12000; // a slow phone connection loads the chat's 25 KB well within this
  const FULL_SCREEN = "(max-width: 520px), (max-height: 480px)";
  const TEXT = {
    launcher: script.dataset.label || "Ask a question",
    panel: "Clinic assistant",
    frame: "Chat with the clinic's automated assistant",
    loading: "Opening the chat…",
    broken: "The chat cannot be reached just now.",
    call: "Please call the clinic:",
    callSomehow: "Please call the clinic instead.",
    urgent: "In an emergency call ",
    again: "Try again",
    close: "Close",
  };

  const styles = `
    :host { all: initial; }
    * { box-sizing: border-box; }
    .launcher, .panel {
      --accent: #0d5c63; --on-accent: #fff; --paper: #fbf8f3; --ink: #1d2b2c; --ring: #0d5c63; --halo: #fff;
      font: 1rem/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
    }
    .launcher {
      position: fixed; z-index: 2147483646; inset-block-end: 20px; inset-inline-end: 20px;
      display: inline-flex; align-items: center; gap: 10px; min-height: 56px; padding: 0 22px 0 18px;
      border: 2px solid transparent; border-radius: 28px; background: var(--accent); color: var(--on-accent);
      font-weight: 600; cursor: pointer; box-shadow: 0 2px 6px rgb(20 40 40 / .18), 0 10px 28px rgb(20 40 40 / .22);
    }
    .launcher:hover { background: #084a50; }
    .launcher svg, .close svg { width: 24px; height: 24px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linecap: round; stroke-linejoin: round; }
    .launcher .down, .launcher[aria-expanded="true"] .talk { display: none; }
    .launcher[aria-expanded="true"] .down { display: block; }
    :focus-visible { outline: 3px solid var(--ring); outline-offset: 3px; box-shadow: 0 0 0 3px var(--halo); }
    .panel {
      position: fixed; z-index: 2147483647; inset: auto 20px 92px auto; margin: 0; padding: 0; border: 0;
      width: 408px; height: min(720px, calc(100dvh - 112px)); max-width: none; max-height: none; overflow: hidden;
      border-radius: 20px; background: var(--paper); color: var(--ink);
      box-shadow: 0 0 0 1px rgb(20 40 40 / .1), 0 4px 12px rgb(20 40 40 / .1), 0 24px 64px rgb(20 40 40 / .24);
    }
    .panel::backdrop { background: var(--paper); }
    iframe { position: absolute; inset: 0; width: 100%; height: 100%; border: 0; visibility: hidden; color-scheme: light dark; }
    .panel[data-state="ready"] iframe { visibility: visible; }
    .loading, .broken { display: none; position: absolute; inset: 0; padding: 22% 32px 32px; text-align: center; overflow: auto; }
    .panel[data-state="loading"] .loading, .panel[data-state="broken"] .broken { display: block; }
    .loading { padding-top: 40%; }
    p { margin: 0 0 16px; }
    .phone { display: inline-block; padding: 8px 16px; font-size: 1.5rem; font-weight: 700; }
    a { color: var(--ring); }
    .again { min-height: 44px; padding: 0 20px; border: 2px solid var(--ring); border-radius: 22px; background: transparent; color: var(--ring); font: inherit; font-weight: 600; cursor: pointer; }
    .close { position: absolute; z-index: 1; inset-block-start: 8px; inset-inline-end: 8px; display: none; place-items: center; width: 44px; height: 44px; border: 0; border-radius: 22px; background: transparent; color: inherit; cursor: pointer; }
    .panel:not([data-state="ready"]) .close { display: grid; }
    @media ${FULL_SCREEN} {
      .panel { inset: 0 auto auto 0; width: 100%; height: 100dvh; border-radius: 0; box-shadow: none; }
      .launcher { inset-block-end: 14px; inset-inline-end: 14px; }
    }
    @media (prefers-color-scheme: dark) {
      .launcher, .panel { --paper: #12191a; --ink: #eaf0ef; --ring: #84d3ce; --halo: #12191a; }
      .launcher { --accent: #1b6e74; border-color: #3c8f94; }
      .launcher:hover { background: #17616a; }
      .panel { box-shadow: 0 0 0 1px #3a4849, 0 24px 64px rgb(0 0 0 / .6); }
    }
    @media (forced-colors: active) {
      .launcher, .panel, .again, .close { border: 2px solid ButtonBorder; }
      :focus-visible { outline-color: Highlight; box-shadow: none; }
    }
    @media (prefers-reduced-motion: no-preference) {
      .panel[open] { animation: rise .18s ease-out; }
      @keyframes rise { from { opacity: 0; transform: translateY(12px); } }
    }
    @media print { .launcher, .panel { display: none; } }
  `;

  const make = (tag, attributes = {}, ...children) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.append(...children);
    return node;
  };
  const icon = (name, path) => {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const line = document.createElementNS(svg.namespaceURI, "path");
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.setAttribute("class", name);
    line.setAttribute("d", path);
    svg.append(line);
    return svg;
  };

  const launcher = make(
    "button",
    { type: "button", class: "launcher", "aria-expanded": "false", "aria-haspopup": "dialog" },
    icon("talk", "M5 18.5 3.5 21l4-.9A9 8 0 1 0 5 18.5ZM8 10.5h8M8 13.5h5"),
    icon("down", "m6 9 6 6 6-6"),
    TEXT.launcher,
  );
  const closeButton = make("button", { type: "button", class: "close", "aria-label": TEXT.close }, icon("cross", "M6 6l12 12M18 6 6 18"));
  const againButton = make("button", { type: "button", class: "again" }, TEXT.again);
  const panel = make(
    "dialog",
    { class: "panel", "aria-label": TEXT.panel, "data-state": "closed" },
    closeButton,
    make("p", { class: "loading", role: "status" }, TEXT.loading),
    make(
      "div",
      { class: "broken" },
      make("p", { role: "alert" }),
      make("p", {}, TEXT.urgent, make("a", { href: "tel:911" }, "911"), "."),
      againButton,
    ),
  );

  let frame = null;
  let opener = launcher;
  let deadline = 0;

  function open(from) {
    opener = from;
    const fullScreen = matchMedia(FULL_SCREEN).matches;
    if (fullScreen) panel.showModal(); // covers the page, so the page must not be reachable behind it
    else panel.show();
    launcher.setAttribute("aria-expanded", "true");
    fit();
    if (!frame) load();
    else if (panel.dataset.state === "ready") enter();
  }

  function close() {
    if (!panel.open) return;
    panel.close();
    launcher.setAttribute("aria-expanded", "false");
    opener.focus();
  }

  function load() {
    frame?.remove();
    panel.dataset.state = "loading";
    frame = make("iframe", { src: CHAT.href, title: TEXT.frame, referrerpolicy: "no-referrer" });
    frame.addEventListener("load", () => tell("hello"));
    panel.append(frame);
    closeButton.focus();
    clearTimeout(deadline);
    deadline = setTimeout(giveUp, READY_WITHIN_MS);
  }

  function giveUp() {
    panel.dataset.state = "broken";
    const advice = panel.querySelector("[role=alert]");
    advice.replaceChildren(TEXT.broken, " ", PHONE ? TEXT.call : TEXT.callSomehow);
    if (PHONE) {
      const dialled = PHONE.replace(/[^\d+]/g, "");
      advice.append(make("br"), make("a", { class: "phone", href: `tel:${dialled}` }, PHONE));
    }
  }

  function enter() {
    frame.focus();
    tell("open");
  }

  function tell(word) {
    frame.contentWindow.postMessage({ clinicChat: word, phone: PHONE }, CHAT.origin);
  }

  window.addEventListener("message", (event) => {
    if (event.origin !== CHAT.origin || !frame || event.source !== frame.contentWindow) return;
    if (event.data?.clinicChat === "close") close();
    if (event.data?.clinicChat === "ready" && panel.dataset.state !== "ready") {
      clearTimeout(deadline);
      panel.dataset.state = "ready";
      if (panel.open) enter();
    }
  });

  // On a phone the on-screen keyboard covers the page without resizing it; keep the composer above it.
  function fit() {
    const view = window.visualViewport;
    const covered = panel.open && view && view.scale < 1.1 && matchMedia(FULL_SCREEN).matches; // not while pinched larger
    panel.style.height = covered ? `${view.height}px` : "";
    panel.style.top = covered ? `${view.offsetTop}px` : "";
  }
  window.visualViewport?.addEventListener("resize", fit);
  window.visualViewport?.addEventListener("scroll", fit);
  matchMedia(FULL_SCREEN).addEventListener("change", () => {
    if (!panel.open) return;
    panel.close();
    open(opener);
  });

  launcher.addEventListener("click", () => (panel.open ? close() : open(launcher)));
  closeButton.addEventListener("click", close);
  againButton.addEventListener("click", load);
  panel.addEventListener("cancel", (event) => {
    event.preventDefault();
    close();
  });
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-clinic-chat]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    if (!panel.open) open(link);
  });

  const host = document.createElement("clinic-chat");
  const shadow = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(launcher, panel);
  shadow.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && panel.open) close();
  });
  const attach = () => document.body.append(host);
  if (document.body) attach();
  else document.addEventListener("DOMContentLoaded", attach);
})();
