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

  /** What went wrong with the chart being drawn; Vega itself only logs it and draws on. */
  let problems = [];

  const refuse = () => Promise.reject(new Error("a report loads nothing from outside"));

  function refuseData() {
    problems.push("a report loads nothing from outside");
    return refuse();
  }

  /** Vega asks this for data, pictures and links: only links and pictures in the page exist. */
  const loader = {
    options: {},
    load: refuseData,
    http: refuseData,
    file: refuseData,
    /** @param {string} address @param {{context?: string}} [asked] */
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

  /** A drawing is one picture, told by our words; only links in it stay what they are. */
  function describe(place, svg) {
    for (const part of place.querySelectorAll("*")) {
      for (const name of ["role", "aria-label", "aria-roledescription"]) part.removeAttribute(name);
    }
    place.querySelector("form")?.remove();
    if (svg.querySelector("a")) place.setAttribute("role", "group");
    place.style.setProperty("--drawn-width", `${svg.getAttribute("width")}px`);
  }

  /** The chart's spec; in a narrow column the one it brings along for a phone. */
  function specOf(figure) {
    const [wide, phone] = figure.querySelectorAll("script");
    const spec = JSON.parse(wide.textContent);
    if (!phone || figure.clientWidth >= Number(phone.dataset.below)) return spec;
    const layout = JSON.parse(phone.textContent);
    const { $schema, config } = spec;
    return { $schema, config, ...layout, datasets: { ...spec.datasets, ...layout.datasets } };
  }

  /** Draw a chart aside, and let it take the place of its picture once it is whole, but on paper. */
  async function draw(figure) {
    const place = figure.querySelector(".drawing");
    const canvas = document.createElement("div");
    canvas.className = "aside";
    const log = console.error;
    problems = [];
    console.error = (...said) => {
      problems.push(said.map(String).join(" "));
      log.apply(console, said);
    };
    place.prepend(canvas);
    place.hidden = false;
    try {
      const spec = specOf(figure);
      const options = { ast: true, renderer: "svg", actions: false, defaultStyle: false, loader, tooltip };
      // @ts-expect-error: the page brings the Vega bundle itself
      await vegaEmbed(canvas, spec, options);
      if (problems.length) throw new Error(problems[0]);
      describe(place, canvas.querySelector("svg"));
      canvas.className = "";
      figure.dataset.chart = "drawn";
    } catch (error) {
      canvas.remove();
      undrawn(figure, error);
    } finally {
      console.error = log;
    }
  }

  /** Keep the picture; where there is none, say so: what it shows stands there in words already. */
  function undrawn(figure, error) {
    const place = figure.querySelector(".drawing");
    figure.dataset.chart = place.firstElementChild ? "picture" : "failed";
    if (place.firstElementChild) return;
    place.hidden = true;
    const sorry = document.createElement("p");
    sorry.className = "failed";
    sorry.textContent = `This chart could not be drawn (${error.message}).`;
    figure.append(sorry);
  }

  const frame = () => new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
  const idle = () =>
    new Promise((next) =>
      "requestIdleCallback" in window ? requestIdleCallback(next, { timeout: 1000 }) : setTimeout(next, 50),
    );

  /** How far a figure is from the screen, in pixels. */
  function distance(figure) {
    const { top, bottom } = figure.getBoundingClientRect();
    return Math.max(0, -bottom, top - innerHeight);
  }

  /** What is on the screen first, then what is near, the rest when there is nothing else to do. */
  async function drawAll() {
    if (!figures.length) return;
    const isShown = () => document.visibilityState === "visible";
    if (isShown()) await frame(); // the pictures are on the screen before the library is unpacked
    try {
      await unpack();
    } catch (error) {
      figures.forEach((figure) => undrawn(figure, error));
      return;
    }
    const waiting = new Set(figures);
    while (waiting.size) {
      const nearest = [...waiting].reduce((a, b) => (distance(b) < distance(a) ? b : a));
      waiting.delete(nearest);
      await draw(nearest);
      if (distance(nearest) > innerHeight) await idle();
      else if (isShown()) await frame();
    }
  }

  /** What is wider than its frame can be scrolled with the keyboard too. */
  function reachable() {
    /** @type {NodeListOf<HTMLElement>} */
    const frames = document.querySelectorAll(".drawing, .wide, pre");
    for (const frame of frames) {
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
