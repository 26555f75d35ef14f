// The screen of Code. Python (code.py) knows the journal; this file knows the page.
//
// Each part of a text is one read-only editing host: the arrow keys move the caret in it, Shift and
// the arrow keys select, and letters do nothing. Its text nodes hold the text letter by letter; all
// that is added is drawn by CSS, so that a place on the page is a place in the text. Many small
// hosts, never one long one: a key in a host of 100,000 words takes a fifth of a second.

const COLOURS = 5;

// ---------------------------------------------------------------- places in a text

// JavaScript counts UTF-16 units, Python code points.
function toPoints(text, unit) {
  let points = 0;
  for (const _ of text.slice(0, unit)) points++;
  return points;
}

function toUnits(text, point) {
  let unit = 0;
  for (let n = 0; n < point && unit < text.length; n++) unit += text.codePointAt(unit) > 0xffff ? 2 : 1;
  return unit;
}

// What one sees as one sign is marked as a whole; space at the ends isn't marked.
function whole(text, start, end) {
  while (start < end && /\s/.test(text[start])) start++;
  while (end > start && /\s/.test(text[end - 1])) end--;
  if (start === end) return [start, end];
  for (const { segment, index } of new Intl.Segmenter(undefined, { granularity: "grapheme" }).segment(text)) {
    const last = index + segment.length;
    if (index < start && start < last) start = index;
    if (index < end && end < last) end = last;
    if (index >= end) break;
  }
  return [start, end];
}

// The first part that ends behind a place.
function firstBehind(parts, point) {
  let [low, high] = [0, parts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (parts[middle].end <= point) low = middle + 1;
    else high = middle;
  }
  return low;
}

// Each passage has its own line under the words, the lowest that is free along all of it.
function lanes(marks) {
  const ends = [];
  const lane = new Map();
  for (const mark of [...marks].sort((one, other) => one.from - other.from || other.to - one.to)) {
    let n = ends.findIndex((end) => end <= mark.from);
    if (n < 0) n = ends.length;
    ends[n] = mark.to;
    lane.set(mark.id, n);
  }
  return [lane, ends.length];
}

const folded = (name) => name.trim().replace(/\s+/g, " ").toLocaleLowerCase();

const counted = (n, one, many) => `${n} ${n === 1 ? one : many}`;

const short = (words, length = 160) => (words.length > length ? `${words.slice(0, length).trimEnd()}…` : words);

const button = (words, onclick, more = {}) => element("button", { type: "button", onclick, ...more }, words);

// JupyterLab's one-letter commands (d d deletes a cell) aren't meant here, nor is Escape, which would
// lead to them.
function keepKeys(node) {
  node.addEventListener("keydown", (event) => {
    if (!((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s")) event.stopPropagation();
  });
}

// ---------------------------------------------------------------- what this browser keeps

// What was done and isn't stored yet, until the journal has it; each window has its own list.
class Waiting {
  constructor(journal, view) {
    this.stem = `${PREFIX}code:${encodeURIComponent(journal)}:`;
    this.key = this.stem + view;
    this.list = [];
  }

  add(operation) {
    this.list.push(operation);
    return this.keep();
  }

  keep() {
    try {
      const kept = this.list.filter(({ type }) => type !== "undo"); // never twice
      if (kept.length) localStorage.setItem(this.key, JSON.stringify(kept));
      else localStorage.removeItem(this.key);
      return true;
    } catch {
      return false; // full or forbidden; the card says so
    }
  }

  // What an earlier window left behind.
  adopt() {
    try {
      const others = Object.keys(localStorage).filter((key) => key.startsWith(this.stem) && key !== this.key);
      const known = new Set(this.list.map(({ token: name }) => name));
      const left = others.flatMap((key) => JSON.parse(localStorage.getItem(key)));
      this.list.unshift(...left.filter(({ token: name }) => !known.has(name)));
      if (this.keep()) for (const key of others) localStorage.removeItem(key);
    } catch {
      // nothing was kept where storage is forbidden
    }
  }

  done(tokens) {
    this.list = this.list.filter(({ token: name }) => !tokens.includes(name));
    this.keep();
  }
}

// ---------------------------------------------------------------- one part of a text

class Part {
  constructor(card, text, { start, text: words, speaker }) {
    this.card = card;
    this.text = text;
    this.start = start;
    this.words = words;
    this.passages = [];
    this.length = toPoints(words, words.length);
    const about = text.kind === "transcript" ? `${speaker || "They said"}, ${text.who}` : `${text.question} ${text.who}, ${text.occupation}`;
    this.host = element("div", {
      class: "text", contenteditable: "true", role: "textbox", "aria-readonly": "true", "aria-multiline": "true",
      "aria-label": about, spellcheck: "false", inputmode: "none", tabindex: "-1",
    });
    this.node = speaker ? element("div", { class: "turn" }, element("p", { class: "speaker" }, speaker), this.host) : this.host;
    for (const name of ["beforeinput", "drop", "dragstart"]) this.host.addEventListener(name, (event) => event.preventDefault());
    this.host.addEventListener("input", () => this.draw(true)); // an input method isn't to be prevented
    this.host.addEventListener("keydown", (event) => this.key(event));
    this.host.addEventListener("focus", () => this.card.enter(this));
    this.host.addEventListener("mouseup", () => this.card.offer(this));
    this.draw();
  }

  get end() {
    return this.start + this.length;
  }

  // The passages on this part, in UTF-16 units of it.
  get marks() {
    return this.passages.map((passage) => ({
      ...passage,
      from: toUnits(this.words, Math.max(0, passage.start - this.start)),
      to: toUnits(this.words, Math.min(this.length, passage.end - this.start)),
      ends: passage.end <= this.end,
    }));
  }

  // The ends of the selection in UTF-16 units, or null.
  selected() {
    const selection = this.card.selection();
    if (!selection?.rangeCount) return null;
    const range = selection.getRangeAt(0);
    if (!this.host.contains(range.startContainer)) return null;
    const before = document.createRange();
    before.selectNodeContents(this.host);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    const inside = this.host.contains(range.endContainer); // else dragged out of it: up to its end
    return [start, inside ? start + range.toString().length : this.words.length];
  }

  select(start, end) {
    this.node.scrollIntoView({ block: "nearest" });
    this.host.focus({ preventScroll: true });
    const range = document.createRange();
    range.selectNodeContents(this.host);
    const walk = document.createTreeWalker(this.host, NodeFilter.SHOW_TEXT);
    let at = 0;
    let from = null;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      const last = at + node.textContent.length;
      if (!from && (start < last || (start === last && start === this.words.length))) range.setStart((from = node), start - at);
      if (from && end <= last) {
        range.setEnd(node, end - at);
        break;
      }
      at = last;
    }
    const selection = this.card.selection();
    selection.removeAllRanges();
    selection.addRange(range);
  }

  // What is to be marked: whole graphemes, and where they stand in the whole text.
  chosen() {
    const place = this.selected();
    if (!place) return null;
    const [start, end] = whole(this.words, ...place);
    if (start === end) return null;
    return {
      from: start, to: end, quote: this.words.slice(start, end),
      start: this.start + toPoints(this.words, start), end: this.start + toPoints(this.words, end),
    };
  }

  under() {
    const place = this.selected();
    return place ? this.marks.filter(({ from, to }) => from <= place[0] && (place[0] < to || place[1] === to)) : [];
  }

  key(event) {
    if (event.isComposing) return;
    if ((event.ctrlKey || event.metaKey) && !event.shiftKey && event.key.toLowerCase() === "z") {
      event.preventDefault();
      return this.card.undo();
    }
    if (event.ctrlKey || event.metaKey) return;
    if (event.altKey) {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) this.card.move(this, step, event);
      return;
    }
    if (event.key.startsWith("Arrow") && !event.shiftKey) return this.leaves(event.key);
    const act = {
      Enter: () => this.card.give(this), n: () => this.card.jump(1), p: () => this.card.jump(-1),
      Delete: () => this.card.dropAt(this), Backspace: () => this.card.dropAt(this),
      Escape: () => this.card.stopPlacing(),
    }[event.key];
    if (act) act();
    else if (/^[1-9]$/.test(event.key)) this.card.giveAtOnce(this, Number(event.key) - 1);
    else return;
    event.preventDefault();
  }

  // An arrow that can't go further in this part goes on in the next one.
  leaves(key) {
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    const where = () => (this.selected() ?? []).join();
    const before = where();
    setTimeout(() => {
      if (where() === before && this.card.selection().isCollapsed) this.card.move(this, step);
    });
  }

  draw(anew = false) {
    const { marks, words } = this;
    const looks = JSON.stringify(marks.map((mark) => [mark.from, mark.to, this.card.number(mark), mark.pending]));
    if (looks === this.looks && !anew) return;
    this.looks = looks;
    const [lane, number] = lanes(marks);
    const cuts = [...new Set([0, words.length, ...marks.flatMap(({ from, to }) => [from, to])])].sort((one, other) => one - other);
    const focused = this.card.active() === this.host ? this.selected() : null;
    this.host.style.setProperty("--lanes", number);
    this.host.replaceChildren(...cuts.slice(1).map((cut, n) => this.piece(cuts[n], cut, marks, lane)));
    if (focused) this.select(...focused);
  }

  piece(first, cut, marks, lane) {
    const on = marks.filter(({ from, to }) => from <= first && cut <= to);
    const words = this.words.slice(first, cut);
    if (!on.length) return document.createTextNode(words);
    const drawn = element("mark", { class: on.some(({ pending }) => pending) ? "pending" : null }, words);
    const colour = (mark) => `var(--category-${(this.card.number(mark) % COLOURS) + 1})`;
    drawn.style.backgroundImage = on.map((mark) => `linear-gradient(${colour(mark)} 0 0)`).join(", ");
    drawn.style.backgroundPosition = on.map((mark) => `0 calc(100% - ${4 * lane.get(mark.id)}px)`).join(", ");
    const ending = on.filter(({ to, ends }) => to === cut && ends).map((mark) => this.card.number(mark) + 1);
    if (ending.length) drawn.dataset.ends = ending.join(" "); // drawn by ::after: no letter of the text
    return drawn;
  }
}

// ---------------------------------------------------------------- choosing a theme

class Chooser {
  constructor(card) {
    this.card = card;
    const id = `${card.id}-choose`;
    this.input = element("input", {
      type: "text", role: "combobox", "aria-expanded": "true", "aria-autocomplete": "list", "aria-controls": id,
      "aria-label": "Theme of the marked words", autocomplete: "off", placeholder: "a theme, or a new one",
      oninput: () => this.offer(0), onkeydown: (event) => this.key(event),
    });
    this.options = element("ul", { role: "listbox", id, "aria-label": "Themes" });
    this.quote = element("p", { class: "quote" });
    this.node = element(
      "dialog", { class: "chooser", "aria-label": "Choose or make a theme", onclose: () => this.closed() },
      this.quote, this.input, this.options, element("p", { class: "hint" }, "Arrow keys choose, Enter takes it, Escape leaves"),
    );
  }

  open(part, place) {
    this.part = part;
    this.place = place;
    setText(this.quote, `“${short(place.quote, 300)}”`);
    this.input.value = "";
    this.offer(0);
    this.node.showModal();
    this.input.focus();
  }

  offer(at) {
    const typed = this.input.value.trim().replace(/\s+/g, " ");
    const wanted = folded(typed);
    const rank = (name) => (name === wanted ? 0 : name.startsWith(wanted) ? 1 : 2);
    this.found = this.card.known()
      .map((theme, n) => ({ ...theme, n, folded: folded(theme.name) }))
      .filter((theme) => theme.folded.includes(wanted))
      .sort((one, other) => (wanted ? rank(one.folded) - rank(other.folded) : 0) || one.n - other.n);
    if (typed && this.found[0]?.folded !== wanted) this.found.push({ name: typed, made: true });
    this.at = Math.max(0, Math.min(at, this.found.length - 1));
    this.options.replaceChildren(
      ...this.found.map(({ name, made, n, count }, i) =>
        element("li", { role: "option", id: `${this.options.id}-${i}`, "aria-selected": String(i === this.at), onclick: () => this.choose(i) },
          made ? `New theme “${name}”` : `${n + 1} ${name} (${count})`)),
    );
    this.options.hidden = !this.found.length;
    if (this.found.length) this.input.setAttribute("aria-activedescendant", `${this.options.id}-${this.at}`);
    else this.input.removeAttribute("aria-activedescendant");
    this.options.children[this.at]?.scrollIntoView({ block: "nearest" });
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) this.offer((this.at + step + this.found.length) % Math.max(1, this.found.length));
    else if (event.key === "Enter" && !event.isComposing) this.choose(this.at);
    else return;
    event.preventDefault();
  }

  choose(n) {
    const theme = this.found[n];
    if (!theme) return;
    this.card.mark(this.part, this.place, theme);
    this.node.close();
  }

  closed() {
    if (this.part?.host.isConnected) this.part.select(this.place.from, this.place.to); // also after Escape
  }
}

// ---------------------------------------------------------------- the card

class Card {
  constructor(model, el) {
    this.model = model;
    this.view = token();
    this.id = `infonb-${this.view}`;
    this.waiting = new Waiting(model.get("journal_id"), this.view);
    this.themes = [];
    this.unplaced = [];
    this.texts = new Map();
    this.parts = [];
    this.laid = new Set(); // the parts on which passages lie
    this.wait = 0;
    this.drawFrame();
    el.append(this.root);
    this.hear = this.hear.bind(this);
    model.on("msg:custom", this.hear);
    this.open(this.lastRead());
  }

  drawFrame() {
    const sample = this.model.get("sample");
    this.picker = element("select", { class: "picker", "aria-label": "What to read", onchange: () => this.open(this.picker.value) });
    this.status = element("span", { class: "status" });
    this.aloud = element("span", { class: "unseen", role: "status" });
    const still = { onmousedown: (event) => event.preventDefault() }; // what is selected stays so
    this.giveButton = button("Give a theme", () => this.current && this.give(this.current), { class: "primary", ...still });
    this.undoButton = button("Undo", () => this.undo(), { class: "link", disabled: true, ...still });
    this.banner = element("p", { class: "banner", hidden: true });
    this.away = element("section", { class: "unplaced", "aria-label": "Passages without a place", hidden: true });
    this.body = element("div", { class: "texts", role: "group", "aria-label": "What was said" });
    this.list = element("ol", { class: "themes" });
    this.here = element("section", { class: "here", "aria-label": "Passages here" });
    this.panel = element("section", { class: "theme", hidden: true });
    this.chooser = new Chooser(this);
    const keys = ["Shift and arrow keys", " select  ", "Enter", " give a theme  ", "1–9", " that theme at once  ", "Delete", " take a passage away  ", "n p", " next, previous passage  ", "Alt ↓ ↑", " next, previous text  ", "Ctrl Z", " undo"];
    this.root = element(
      "section", { class: "infonb infonb-code", "aria-label": "Themes in what was said", tabindex: "-1" },
      ...(sample ? [element("p", { class: "infonb-sample" }, sample)] : []),
      element("div", { class: "bar" }, this.picker,
        element("div", { class: "side" }, this.status, this.undoButton, button("Previous", () => this.jump(-1), { class: "link", "aria-label": "Previous passage" }),
          button("Next", () => this.jump(1), { class: "link", "aria-label": "Next passage" }), this.giveButton), this.aloud),
      this.banner, this.away,
      element("div", { class: "columns" }, this.body,
        element("div", { class: "beside" }, element("h4", {}, "Themes"), this.list, this.panel, this.here)),
      element("p", { class: "keys" }, ...keys.map((words, i) => (i % 2 ? words : element("kbd", {}, words)))),
      this.chooser.node,
    );
    keepKeys(this.root);
    this.say("opening", "opening…");
  }

  // ------------------------------------------------ messages

  send(message) {
    try {
      this.model.send({ view: this.view, ...message });
      return true;
    } catch {
      return false; // no kernel there
    }
  }

  open(reading) {
    this.wanted = reading;
    this.send({ type: "open", reading });
    clearTimeout(this.greeting);
    this.greeting = setTimeout(() => {
      this.say("away", "The kernel is busy or away. Waiting; or run the cell again.");
      this.open(reading);
    }, PATIENCE);
  }

  lastRead(reading) {
    try {
      const key = `${PREFIX}reading:${this.model.get("journal_id")}`;
      if (reading) sessionStorage.setItem(key, reading);
      return sessionStorage.getItem(key);
    } catch {
      return null;
    }
  }

  hear(message) {
    const mine = message.view === this.view;
    if (message.type === "changed") return this.soon();
    if (message.type === "saved") return this.saved(message, mine);
    if (!mine) return undefined;
    if (message.type === "opened") this.opened(message);
    if (message.type === "theme") this.drawQuotes(message);
    if (message.type === "failed") this.failed(message);
    return undefined;
  }

  // Another form saved something; what one reads here may be other words now.
  soon() {
    this.refreshing ||= setTimeout(() => {
      this.refreshing = 0;
      this.send({ type: "open", reading: this.reading });
    }, 500);
  }

  opened(message) {
    clearTimeout(this.greeting);
    this.wait = 0;
    const other = message.reading !== this.reading;
    this.reading = message.reading;
    this.lastRead(message.reading);
    this.waiting.adopt();
    this.takeThemes(message);
    this.drawChoices(message.choices);
    const same = !other && this.isSame(message.texts);
    this.texts = new Map(message.texts.map((text) => [text.id, same ? Object.assign(this.texts.get(text.id), { codings: text.codings }) : text]));
    if (same) this.redraw();
    else this.drawTexts(other);
    if (this.going) this.go(this.going);
    this.showStatus();
    this.push();
  }

  isSame(texts) {
    const words = (text) => JSON.stringify([text.id, text.parts]);
    return texts.length === this.texts.size && texts.every((text) => this.texts.has(text.id) && words(this.texts.get(text.id)) === words(text));
  }

  saved(message, mine) {
    for (const [id, codings] of Object.entries(message.codings)) if (this.texts.has(id)) this.texts.get(id).codings = codings;
    if (message.all) for (const [id, text] of this.texts) if (!(id in message.codings)) text.codings = [];
    if (mine) {
      clearTimeout(this.watching);
      this.watching = this.wait = 0;
      this.flying = false;
      this.lost = "";
      this.at = message.at;
      const refused = this.waiting.list.filter(({ token: name }) => name in message.refused).map(({ token: name }) => message.refused[name]);
      this.waiting.done(message.did);
      this.tell([...refused, message.said].filter(Boolean).join(" "));
    }
    this.takeThemes(message);
    this.redraw();
    this.showStatus();
    if (mine) this.push();
  }

  failed(message) {
    clearTimeout(this.greeting);
    if (message.to === "save") {
      this.kernelAway();
      this.lost = `not saved yet: kept in this browser. ${message.text}`;
    } else this.tell(message.text);
    this.showStatus();
  }

  // ------------------------------------------------ saving

  operate(operation) {
    this.full = !this.waiting.add({ token: token(), ...operation });
    this.redraw();
    this.showStatus();
    this.push();
  }

  push() {
    clearTimeout(this.pushing);
    this.pushing = 0;
    if (this.flying || !this.waiting.list.length) return;
    this.flying = this.send({ type: "save", operations: this.waiting.list });
    if (!this.flying) this.kernelAway();
    this.watching ||= setTimeout(() => this.kernelAway(), PATIENCE);
  }

  kernelAway() {
    clearTimeout(this.watching);
    this.watching = 0;
    this.flying = false;
    this.lost = AWAY;
    this.wait = Math.min(LONGEST_WAIT, 2 * this.wait || 2000);
    this.pushing ||= setTimeout(() => this.push(), this.wait);
    this.showStatus();
  }

  showStatus() {
    const waiting = this.waiting.list.length;
    const where = this.model.get("sample") ? "in the sample " : "";
    if (this.full && waiting) this.say("away", "not saved yet, and this browser's storage is full");
    else if (this.lost && waiting) this.say("away", this.lost);
    else if (waiting) this.say("saving", "saving…");
    else if (this.reading === undefined) this.say("opening", "opening…");
    else if (this.at) this.say("saved", `saved ${where}${clockTime(this.at)}`);
    else this.say("idle", `all saved ${where}`.trim());
  }

  say(state, words) {
    if (state !== this.status.dataset.state) {
      const aloud = { saved: "saved", away: words }[state];
      if (aloud) setText(this.aloud, aloud);
    }
    this.status.dataset.state = state;
    setText(this.status, words);
  }

  tell(words) {
    this.banner.hidden = !words;
    setText(this.banner, words);
    if (words) setText(this.aloud, words);
  }

  // ------------------------------------------------ the texts

  drawChoices(choices) {
    this.picker.replaceChildren(
      ...[...new Set(choices.map(({ group }) => group))].map((group) =>
        element("optgroup", { label: group }, ...choices.filter((choice) => choice.group === group)
          .map(({ id, label }) => element("option", { value: id, selected: id === this.reading }, label)))),
    );
    this.picker.disabled = choices.length < 2;
    if (!choices.length) this.picker.append(element("option", {}, "nothing to read yet"));
  }

  drawTexts(other) {
    const at = other ? null : this.place();
    this.parts = [];
    this.laid = new Set();
    this.current = null;
    const articles = [...this.texts.values()].map((text) => {
      const parts = (text.drawn = text.parts.map((part) => new Part(this, text, part)));
      this.parts = this.parts.concat(parts);
      return element("article", { class: text.kind }, element("h4", {}, text.question),
        element("p", { class: "who" }, `${text.who} · ${text.occupation}${text.private ? " · off the record" : ""}`), ...parts.map(({ node }) => node));
    });
    if (!articles.length) articles.push(element("p", { class: "hint" }, "Nothing was noted yet. What is written in the interview card can be read and marked here."));
    this.body.replaceChildren(...articles);
    this.redraw();
    if (other) this.body.scrollTop = 0;
    if (this.parts.length) this.parts[0].host.tabIndex = 0;
    const again = at && this.parts.find(({ text, start, end }) => text.id === at.text && start <= at.point && at.point <= end);
    if (again) again.select(...[at.point, at.point].map((point) => toUnits(again.words, point - again.start)));
  }

  // Where the caret is, when it is in a text.
  place() {
    const place = this.current && this.active() === this.current.host ? this.current.selected() : null;
    return place && { text: this.current.text.id, point: this.current.start + toPoints(this.current.words, place[0]) };
  }

  // Lays the passages on the parts and draws those where some lie or lay.
  redraw() {
    const known = this.known();
    this.numbers = new Map(known.map(({ name }, n) => [folded(name), n]));
    known.forEach(({ id }, n) => id && this.numbers.set(`#${id}`, n));
    const drawn = new Set(this.laid);
    for (const part of drawn) part.passages = [];
    this.laid = new Set();
    for (const text of this.texts.values()) {
      for (const passage of this.passages(text)) {
        for (let n = firstBehind(text.drawn, passage.start); n < text.drawn.length && text.drawn[n].start < passage.end; n++) {
          text.drawn[n].passages.push(passage);
          this.laid.add(text.drawn[n]);
        }
      }
    }
    for (const part of this.laid) drawn.add(part);
    for (const part of drawn) part.draw();
    this.drawHere();
  }

  // Passages as they are stored, and those on their way to the journal.
  passages(text) {
    const waiting = this.waiting.list.filter((operation) => operation.text === text.id && ["mark", "place"].includes(operation.type));
    const gone = this.waiting.list.filter(({ type }) => type === "drop").map(({ coding }) => coding);
    const pending = waiting.map((operation) => ({ ...operation, id: operation.token, pending: true }));
    return [...text.codings.filter(({ id }) => !gone.includes(id)), ...pending];
  }

  // The themes, those too that are just being made.
  known() {
    const names = this.waiting.list.filter(({ type, name }) => type === "mark" && name).map(({ name }) => name);
    const seen = new Set(this.themes.map(({ name }) => folded(name)));
    const fresh = names.filter((name) => !seen.has(folded(name)) && seen.add(folded(name)));
    return [...this.themes, ...fresh.map((name) => ({ name, count: 1 }))];
  }

  number({ theme, name }) {
    return this.numbers.get(theme ? `#${theme}` : folded(name)) ?? 0;
  }

  theme(id) {
    return this.themes.find((theme) => theme.id === id);
  }

  selection() {
    return this.root.getRootNode().getSelection?.() ?? document.getSelection();
  }

  active() {
    return this.root.getRootNode().activeElement;
  }

  enter(part) {
    if (this.current === part) return;
    for (const each of [this.current ?? this.parts[0], part]) if (each) each.host.tabIndex = each === part ? 0 : -1;
    this.current = part;
    this.drawHere();
  }

  move(part, step, event) {
    event?.preventDefault();
    const next = this.parts[this.parts.indexOf(part) + step];
    if (next) next.select(...(step > 0 || event ? [0, 0] : [next.words.length, next.words.length]));
  }

  // The next or previous passage of what is read, seen from the caret.
  jump(step) {
    const places = new Map(this.parts.map((part, n) => [part, n]));
    const all = [...this.laid].flatMap((part) => part.marks.map((mark) => ({ part, n: places.get(part), mark })))
      .sort((one, other) => one.n - other.n || one.mark.from - other.mark.from || one.mark.to - other.mark.to);
    if (!all.length) return this.tell("There is no passage in what you read here yet.");
    const n = places.get(this.current) ?? -1;
    const [start, end] = this.current?.selected() ?? [-1, -1];
    const order = (each) => each.n - n || each.mark.from - start || each.mark.to - end;
    const found = step > 0 ? all.find((each) => order(each) > 0) : all.findLast((each) => order(each) < 0);
    const { part, mark } = found ?? (step > 0 ? all[0] : all.at(-1));
    part.select(mark.from, mark.to);
    setText(this.aloud, `${this.theme(mark.theme)?.name ?? ""}: ${short(part.words.slice(mark.from, mark.to))}`);
    return this.drawHere();
  }

  // ------------------------------------------------ marking

  offer(part) {
    this.drawHere();
    if (part.chosen()) this.status.dataset.state === "away" || setText(this.aloud, "Enter gives these words a theme");
  }

  give(part) {
    const place = part.chosen();
    if (this.placing) return place ? this.placeAgain(part, place) : this.tell("Select the words first.");
    if (place) return this.chooser.open(part, place);
    const [mark] = part.under();
    if (mark) return this.show(mark.theme); // on a marked word: what else its theme holds
    return this.tell("Select words first, with the mouse or with Shift and the arrow keys.");
  }

  giveAtOnce(part, n) {
    const place = part.chosen();
    if (!place || this.placing) return;
    const theme = this.known()[n];
    if (theme) this.mark(part, place, theme);
    else this.tell(`There is no theme ${n + 1}. Enter makes one.`);
  }

  mark(part, { start, end, quote }, { id: theme, name }) {
    const { id, kind, interview } = part.text;
    this.tell("");
    this.operate({ type: "mark", text: id, kind, interview, start, end, quote, ...(theme ? { theme } : { name }) });
  }

  dropAt(part) {
    const found = part.under();
    if (found.length === 1) this.drop(found[0]);
    else this.tell(found.length ? "Several passages lie here: take one away in the list “Passages here”." : "No passage lies here.");
  }

  drop(passage) {
    if (passage.pending) return this.tell("This passage isn't saved yet; take it away when it is.");
    return this.operate({ type: "drop", coding: passage.coding ?? passage.id });
  }

  undo() {
    if (this.undoable || this.waiting.list.length) this.operate({ type: "undo" });
    else this.tell("Nothing was done here that could be taken back.");
  }

  // ------------------------------------------------ passages without a place

  drawUnplaced() {
    const gone = this.waiting.list.filter(({ type }) => type === "drop").map(({ coding }) => coding);
    const shown = this.unplaced.filter(({ coding }) => !gone.includes(coding));
    this.keepFocus(this.away, () => {
      this.away.hidden = !shown.length;
      this.away.replaceChildren(
        element("p", {}, element("b", {}, `${counted(shown.length, "passage", "passages")} lost ${shown.length === 1 ? "its" : "their"} place`), " when a text was edited. Nothing is removed unless you drop it."),
        element("ul", {}, ...shown.map((passage) => this.drawLost(passage))),
      );
    });
  }

  drawLost(passage) {
    const theme = this.theme(passage.theme)?.name ?? "";
    const words = passage.quote ? `“${short(passage.quote)}”` : "words that weren't kept";
    const of = `${theme}, ${words}`;
    return element("li", {},
      element("span", {}, element("b", {}, `${theme}: `), words, element("span", { class: "who" }, ` ${passage.who} · ${passage.question}`)),
      button("Place it", () => this.startPlacing(passage), { "aria-label": `Place again: ${of}`, "data-key": `place ${passage.coding}` }),
      button("Drop", () => this.drop(passage), { class: "link", "aria-label": `Drop: ${of}`, "data-key": `drop ${passage.coding}` }),
    );
  }

  startPlacing(passage) {
    this.placing = passage;
    this.go({ text: passage.id, interview: passage.interview, start: null });
    this.tell(`Select where “${short(passage.quote)}” stands now and press Enter; Escape leaves it without a place.`);
  }

  placeAgain(part, { start, end, quote }) {
    if (part.text.id !== this.placing.id) return this.tell("This passage belongs to another text; select words in that one, or press Escape.");
    const { coding, theme } = this.placing;
    this.placing = null;
    this.tell("");
    return this.operate({ type: "place", coding, theme, text: part.text.id, start, end, quote });
  }

  stopPlacing() {
    if (this.placing) this.tell("");
    this.placing = null;
  }

  // Shows a passage, or the beginning of a text, wherever it is to be read.
  go(where) {
    this.going = null;
    const parts = this.parts.filter(({ text }) => text.id === where.text);
    if (!parts.length) {
      const reading = `interview:${where.interview}`;
      if (this.reading === reading) return this.tell("The text of this passage is empty now.");
      this.going = where;
      return this.open(reading);
    }
    const part = parts.find(({ end }) => where.start !== null && where.start < end) ?? parts[0];
    const { codings } = part.text;
    const found = codings.find(({ id }) => id === where.coding);
    const mark = found && part.marks.find(({ id }) => id === found.id);
    return part.select(mark?.from ?? 0, mark?.to ?? 0);
  }

  // ------------------------------------------------ themes, and what stands beside the text

  takeThemes({ themes, unplaced, undoable }) {
    this.themes = themes;
    this.unplaced = unplaced;
    this.undoable = undoable;
    this.undoButton.disabled = !undoable;
    this.keepFocus(this.list, () =>
      this.list.replaceChildren(...themes.map((theme, n) =>
        element("li", { style: `--mark: var(--category-${(n % COLOURS) + 1})` },
          button(`${n + 1} ${theme.name} (${theme.count})`, () => this.show(theme.id === this.shown ? null : theme.id),
            { class: "link", "aria-expanded": String(theme.id === this.shown), "data-key": theme.id }))),
        ...(themes.length ? [] : [element("li", { class: "hint" }, "None yet: select words and press Enter.")])));
    this.drawUnplaced();
    if (this.shown && !this.theme(this.shown)) this.show(null);
    else if (this.shown) this.show(this.shown);
  }

  show(theme) {
    const other = theme !== this.shown;
    this.shown = theme;
    for (const each of this.list.querySelectorAll("button")) each.setAttribute("aria-expanded", String(each.dataset.key === theme));
    if (!theme || other) this.drawPanel(null);
    if (theme) this.send({ type: "theme", theme });
  }

  drawQuotes(message) {
    if (message.theme === this.shown) this.drawPanel(message);
  }

  drawPanel(message) {
    const theme = this.theme(this.shown);
    const field = this.panel.contains(this.active()) && this.active().matches("input") ? this.active() : null;
    const typing = theme && field && field.value.trim() !== theme.name;
    if (typing && message) return this.quotes?.replaceChildren(...this.quoted(message));
    return this.keepFocus(this.panel, () => {
      this.panel.hidden = !theme;
      if (!theme) return this.panel.replaceChildren();
      this.panel.setAttribute("aria-label", `Theme ${theme.name}`);
      this.quotes = element("ul", { class: "quotes", "aria-label": `Passages of ${theme.name}` }, ...(message ? this.quoted(message) : []));
      return this.panel.replaceChildren(
        element("h4", {}, theme.name), ...(theme.description ? [element("p", { class: "hint" }, theme.description)] : []),
        this.drawEditing(theme), this.quotes,
      );
    });
  }

  drawEditing(theme) {
    const name = element("input", { type: "text", "aria-label": `New name of ${theme.name}`, value: theme.name, "data-key": "name", onkeydown: (event) => {
      if (event.key === "Enter" && !event.isComposing) rename();
    } });
    const rename = () => {
      const wanted = name.value.trim();
      const twin = this.themes.find((other) => other.id !== theme.id && folded(other.name) === folded(wanted));
      if (twin) return this.tell(`There is a theme ${twin.name} already; merge the two below.`);
      return wanted && wanted !== theme.name && this.operate({ type: "rename", theme: theme.id, name: wanted });
    };
    const others = this.themes.filter(({ id }) => id !== theme.id);
    const into = element("select", { "aria-label": `Merge ${theme.name} into`, "data-key": "into" }, element("option", { value: "" }, "merge into…"),
      ...others.map(({ id, name: words }) => element("option", { value: id }, words)));
    const merge = () => {
      if (!into.value) return this.tell("Choose the theme that stays.");
      this.shown = into.value;
      return this.operate({ type: "merge", theme: theme.id, into: into.value });
    };
    return element("div", { class: "row" }, name, button("Rename", rename, { "data-key": "rename" }),
      ...(others.length ? [into, button("Merge", merge, { "data-key": "merge" })] : []),
      ...(theme.count ? [] : [button("Remove", () => this.operate({ type: "remove theme", theme: theme.id }), { class: "link", "data-key": "remove" })]));
  }

  quoted({ quotes, more }) {
    const line = (quote) => element("li", {},
      button(`“${short(quote.words)}”`, () => this.go({ text: quote.id, interview: quote.interview, coding: quote.coding, start: quote.start }), { class: "link", "data-key": quote.coding }),
      element("span", { class: "who" }, ` ${quote.who} · ${quote.question}`));
    const rest = more ? [element("li", { class: "hint" }, `and ${more} more`)] : [];
    return [...quotes.map(line), ...rest];
  }

  // The passages of the part that one reads.
  drawHere() {
    const marks = this.current ? this.current.marks : [];
    const looks = JSON.stringify([this.current?.text.id, this.current?.start, marks, this.themes.map(({ name }) => name)]);
    if (looks === this.looks) return;
    this.looks = looks;
    const line = (mark) => {
      const theme = this.theme(mark.theme)?.name ?? mark.name ?? "";
      const words = short(this.current.words.slice(mark.from, mark.to));
      return element("li", {},
        button(`${theme}: ${words}`, () => this.current.select(mark.from, mark.to), { class: "link", "data-key": `see ${mark.id}` }),
        button("take away", () => this.drop(mark), { class: "link", "aria-label": `Take away ${theme} from “${words}”`, disabled: Boolean(mark.pending), "data-key": `gone ${mark.id}` }));
    };
    this.keepFocus(this.here, () => {
      this.here.hidden = !marks.length;
      this.here.replaceChildren(element("h4", {}, "Passages here"), element("ul", {}, ...marks.map(line)));
    });
  }

  // Where a list is drawn anew the focus would fall to the page, and JupyterLab would take the keys.
  keepFocus(box, redraw) {
    const focused = this.active();
    const had = box.contains(focused);
    const controls = () => [...box.querySelectorAll("button, input, select")].filter((each) => !each.disabled);
    const at = had ? controls().indexOf(focused) : -1;
    redraw();
    if (!had || focused.isConnected) return;
    const left = box.hidden ? [] : controls();
    const same = left.find(({ dataset }) => dataset.key === focused.dataset.key);
    (same ?? left[Math.min(at, left.length - 1)] ?? this.current?.host ?? this.root).focus({ preventScroll: true });
  }

  leave() {
    this.push();
    for (const timer of [this.pushing, this.watching, this.greeting, this.refreshing]) clearTimeout(timer);
    this.model.off("msg:custom", this.hear);
    this.root.remove();
  }
}

function render({ model, el }) {
  let card;
  const open = () => (card = new Card(model, el));
  if (!model.get("folded")) open();
  else {
    const line = element("p", { class: "infonb infonb-code-link" }, button("Mark what they speak of with themes", () => {
      line.remove();
      open().root.focus({ preventScroll: true });
    }));
    keepKeys(line);
    el.append(line);
  }
  return () => card?.leave();
}

export default { render };
