// Draws the charts of this page, and nothing else. Nothing is loaded from anywhere.
(() => {
  "use strict";
  const figures = [...document.querySelectorAll("figure[data-chart]")];

  /** Unpack the drawing library that the page carries, and start it. */
  async function unpack() {
    const packed = atob(document.getElementById("vega").textContent.trim());
    const bytes = Uint8Array.from(packed, (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    const script = document.createElement("script");
    script.textContent = await new Response(stream).text();
    document.head.append(script);
    script.remove();
  }

  const refuse = () => Promise.reject(new Error("a report loads nothing from outside"));

  /** Vega asks this for data, pictures and links: only links and pictures in the page exist. */
  const loader = {
    options: {},
    load: refuse,
    http: refuse,
    file: refuse,
    sanitize(address, { context } = {}) {
      const href = String(address).trim();
      if (context === "image" && /^data:image\/(png|jpeg|gif|webp);base64,/i.test(href)) {
        return Promise.resolve({ href });
      }
      if (context === "href" && /^(https:\/\/|mailto:)/i.test(href)) {
        return Promise.resolve({ href, rel: "noopener noreferrer nofollow", target: "_blank" });
      }
      return refuse();
    },
  };

  const tip = document.createElement("div");
  tip.className = "tip";
  tip.hidden = true;

  /** Show what Vega has to say about a mark, as text and never as HTML. */
  function tooltip(_handler, event, _item, value) {
    tip.hidden = value === null || value === undefined || value === "";
    if (tip.hidden) return;
    tip.replaceChildren();
    if (typeof value === "object") {
      for (const [name, said] of Object.entries(value)) {
        const row = document.createElement("div");
        const label = document.createElement("b");
        label.textContent = name;
        row.append(label, " ", typeof said === "object" ? JSON.stringify(said) : String(said));
        tip.append(row);
      }
    } else {
      tip.textContent = String(value);
    }
    const room = document.documentElement;
    const left = Math.min(event.clientX + 12, room.clientWidth - tip.offsetWidth - 8);
    const below = event.clientY + 16;
    const fits = below + tip.offsetHeight < room.clientHeight;
    tip.style.left = `${Math.max(8, left)}px`;
    tip.style.top = `${fits ? below : Math.max(8, event.clientY - tip.offsetHeight - 12)}px`;
  }

  async function draw(figure) {
    const place = figure.querySelector(".drawing");
    place.hidden = false;
    try {
      const spec = JSON.parse(figure.querySelector("script").textContent);
      const options = { ast: true, renderer: "svg", actions: false, defaultStyle: false, loader, tooltip };
      await vegaEmbed(place, spec, options);
      const svg = place.querySelector("svg");
      svg.removeAttribute("role");
      place.style.setProperty("--drawn-width", `${svg.getAttribute("width")}px`);
      figure.dataset.chart = "drawn";
    } catch (error) {
      place.hidden = true;
      fail(figure, error);
    }
  }

  /** Say in words that a chart is missing; what it shows stands there in words already. */
  function fail(figure, error) {
    figure.dataset.chart = "failed";
    const sorry = document.createElement("p");
    sorry.className = "failed";
    sorry.textContent = `This chart could not be drawn (${error.message}).`;
    figure.append(sorry);
  }

  const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));

  /** What is on the screen first, then the rest, with the page kept alive in between. */
  async function drawAll() {
    if (!figures.length) return;
    try {
      await unpack();
    } catch (error) {
      figures.forEach((figure) => fail(figure, error));
      return;
    }
    const onScreen = (figure) => {
      const { top, bottom } = figure.getBoundingClientRect();
      return bottom >= 0 && top <= innerHeight;
    };
    const waiting = [...figures];
    while (waiting.length) {
      const seen = waiting.findIndex(onScreen);
      await draw(waiting.splice(Math.max(seen, 0), 1)[0]);
      if (document.visibilityState === "visible") await frame();
    }
  }

  /** What is wider than its frame can be scrolled with the keyboard too. */
  function reachable() {
    for (const frame of document.querySelectorAll(".drawing, .wide, pre")) {
      if (frame.scrollWidth > frame.clientWidth) frame.tabIndex = 0;
      else frame.removeAttribute("tabindex");
    }
  }

  document.body.append(tip);
  addEventListener("resize", reachable);
  addEventListener("toggle", reachable, true);
  addEventListener("scroll", () => (tip.hidden = true), true);
  addEventListener("keydown", (event) => event.key === "Escape" && (tip.hidden = true));
  drawAll().then(() => {
    reachable();
    document.documentElement.dataset.ready = "yes";
  });
})();
