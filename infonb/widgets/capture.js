// The screen of Capture. Python (capture.py) knows the journal; this file knows the page.
//
// The promise: whatever is typed is in this browser's storage before the next key, goes to the
// journal at most DEBOUNCE later, and is called saved only when the journal says what it has.

const DEBOUNCE = 200; // ms between two messages while one types; the first key goes at once
const ASKED_FIRST = 5; // the questions after these are asked if there is time
/** @typedef {{version?: number, text: string, rating: number | null, private: boolean}} Said */
/** @typedef {{get: (key: string) => any, on: Function, off: Function, send: Function}} Model */

/** @type {Said} */
const NOTHING = { version: 0, text: "", rating: null, private: false };

// ---------------------------------------------------------------- small words of this file

const content = ({ text, rating, private: off }) => JSON.stringify([text, rating, off]);

const isSame = (one, other) => content(one) === content(other);

// A short fingerprint, so that storage needn't hold a text twice (cyrb53's mixing, 53 bits).
function fingerprint(text) {
  let a = 0xdeadbeef;
  let b = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 2654435761);
    b = Math.imul(b ^ text.charCodeAt(i), 1597334677);
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909);
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909);
  return (4294967296 * (2097151 & b) + (a >>> 0)).toString(36);
}

// ---------------------------------------------------------------- what this browser keeps

class Drafts {
  constructor(journal) {
    this.stem = `${PREFIX}draft:${encodeURIComponent(journal)}:`;
  }

  key(interview, name) {
    return `${this.stem}${encodeURIComponent(interview)}:${encodeURIComponent(name)}`;
  }

  keep(interview, name, value) {
    try {
      localStorage.setItem(this.key(interview, name), JSON.stringify(value));
      return true;
    } catch {
      return false; // full or forbidden; the card says so
    }
  }

  drop(interview, name) {
    try {
      localStorage.removeItem(this.key(interview, name));
    } catch {
      // nothing was kept where storage is forbidden
    }
  }

  of(interview) {
    const stem = `${this.stem}${encodeURIComponent(interview)}:`;
    const found = {};
    for (const key of Drafts.keys().filter((name) => name.startsWith(stem))) {
      try {
        found[decodeURIComponent(key.slice(stem.length))] = JSON.parse(localStorage.getItem(key));
      } catch {
        // not ours to read
      }
    }
    return found;
  }

  interviews() {
    const ours = Drafts.keys().filter((key) => key.startsWith(this.stem));
    return [...new Set(ours.map((key) => decodeURIComponent(key.slice(this.stem.length).split(":")[0])))];
  }

  static keys() {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(PREFIX));
    } catch {
      return [];
    }
  }

  static clear() {
    for (const key of Drafts.keys()) localStorage.removeItem(key);
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  }
}

// ---------------------------------------------------------------- who may write

// One window writes an interview at a time. A form made later in the same kernel takes over (the
// cell was run again), and so does one whose predecessor's kernel no longer answers.
class Turn {
  /**
   * @param {string} name
   * @param {{view: string, born: number, process: string, granted: (atOnce: boolean) => void,
   *   waiting: () => void, lost: () => void, answers: () => any}} card
   */
  constructor(name, { view, born, process, granted, waiting, lost, answers }) {
    this.name = name;
    this.view = view;
    this.born = born;
    this.process = process;
    this.granted = granted;
    this.waiting = waiting;
    this.lost = lost;
    this.answers = answers;
    this.asking = new AbortController();
    if (typeof BroadcastChannel === "undefined") return;
    this.channel = new BroadcastChannel(name);
    this.channel.onmessage = ({ data }) => this.consider(data);
  }

  start() {
    if (!navigator.locks) return this.granted(true); // only versions guard then
    this.tell(false);
    const hold = (lock) => (lock ? this.hold(true) : "busy");
    navigator.locks.request(this.name, { ifAvailable: true }, hold).then((outcome) => {
      if (outcome !== "busy" || this.over) return;
      this.waiting();
      this.queue();
    });
  }

  hold(atOnce) {
    if (this.over) return undefined;
    clearInterval(this.telling);
    return new Promise((release) => {
      this.release = release;
      this.granted(atOnce);
    });
  }

  queue() {
    clearInterval(this.telling);
    this.telling = setInterval(() => this.tell(false), 2000); // whoever holds it may be stranded
    const asking = (this.asking = new AbortController());
    navigator.locks
      .request(this.name, { signal: asking.signal }, () => this.hold(false))
      .catch((error) => {
        if (error.name !== "AbortError") throw error;
      });
  }

  tell(forced) {
    this.channel?.postMessage({ view: this.view, born: this.born, process: this.process, forced });
  }

  async consider({ view, born, process, forced }) {
    if (view === this.view || this.over) return;
    const newer = process === this.process ? born > this.born : this.release && !(await this.answers());
    if (forced || newer) this.giveWay();
  }

  giveWay() {
    const had = this.release;
    this.asking.abort();
    this.release = null;
    if (had) {
      this.lost();
      had();
    }
    setTimeout(() => this.over || this.queue(), 250); // behind the one that asked
  }

  leave() {
    this.over = true;
    clearInterval(this.telling);
    this.asking.abort();
    this.release?.();
    this.channel?.close();
  }
}

// ---------------------------------------------------------------- one question and its note

class Note {
  /**
   * @param {Card} card
   * @param {string} key
   * @param {any} question
   */
  constructor(card, key, question) {
    this.card = card;
    this.key = key;
    this.question = question;
    /** @type {Said} */
    this.now = { ...NOTHING };
    this.base = { ...NOTHING }; // what the journal was last known to have
    this.sent = []; // fingerprints of what went out and wasn't answered
    this.seq = 0;
    this.acked = 0;
    this.conflict = null;
    this.draw();
  }

  get dirty() {
    return this.seq > this.acked;
  }

  draw() {
    const id = `infonb-${this.card.view}-${this.key}`;
    this.field = element("textarea", {
      id, rows: 2, "data-question": this.key, oninput: () => this.change({ text: this.field.value }),
    });
    this.off = element("input", {
      type: "checkbox", onchange: () => this.change({ private: this.off.checked }),
    });
    this.tools = element(
      "div", { class: "tools" },
      this.question.rated ? this.drawRating(id) : null,
      element("label", { class: "off" }, this.off, "off the record"),
    );
    this.versions = element("div", { class: "versions", hidden: true });
    this.mine = element("div", { class: "mine", hidden: true });
    this.node = element(
      "li", { "data-question": this.key },
      element("label", { for: id }, this.question.prompt), this.mine, this.field, this.versions, this.tools,
    );
    if (this.key === "strengths_fit") this.offerStrengths();
  }

  // One's own strengths: a tap writes its words and a colon, and puts the caret behind them.
  offerStrengths() {
    const own = this.card.card.strengths ?? [];
    this.mine.hidden = !own.length;
    this.mine.replaceChildren(
      element("span", { class: "hint" }, "Yours; tap one to note what was said of it"),
      ...own.map((phrase) => element("button", { type: "button", onclick: () => this.begin(phrase) }, phrase)),
    );
  }

  begin(phrase) {
    const { text } = this.now;
    this.change({ text: `${text}${text && !text.endsWith("\n") ? "\n" : ""}${phrase}: ` });
    this.field.focus();
    this.field.setSelectionRange(this.field.value.length, this.field.value.length);
  }

  drawRating(id) {
    this.radios = [1, 2, 3, 4, 5].map((value) =>
      element("input", {
        type: "radio", name: id, value, "aria-label": this.worded(value),
        onclick: () => this.rate(value === this.now.rating ? null : value),
        onchange: () => this.rate(value),
      }),
    );
    const dots = this.radios.map((radio, i) => element("label", { class: "dot" }, radio, String(i + 1)));
    return element(
      "fieldset", {},
      element("legend", { class: "unseen" }, this.question.oneself),
      element("span", { class: "end", "aria-hidden": "true" }, this.question.low),
      ...dots,
      element("span", { class: "end", "aria-hidden": "true" }, this.question.high),
    );
  }

  worded(value) {
    const end = { 1: this.question.low, 5: this.question.high }[value];
    return end ? `${value}, ${end}` : String(value);
  }

  rate(rating) {
    if (this.question.rated && rating !== this.now.rating) this.change({ rating });
  }

  change(changes) {
    if (!this.card.writes) return this.show();
    Object.assign(this.now, changes);
    this.seq += 1;
    this.keep();
    this.show();
    this.card.noteChanged();
  }

  keep() {
    const { version, text, rating, private: off } = this.base;
    const base = { version, text: fingerprint(text), rating, private: off };
    const kept = this.card.drafts.keep(this.card.id, this.key, { ...this.now, base, sent: this.sent });
    this.card.storageFull = !kept;
  }

  show() {
    if (this.field.value !== this.now.text) this.field.value = this.now.text;
    this.off.checked = this.now.private;
    this.radios?.forEach((radio) => (radio.checked = Number(radio.value) === this.now.rating));
    this.node.classList.toggle("noted", Boolean(this.now.text.trim()) || this.now.rating !== null);
    this.node.classList.toggle("private", this.now.private);
    this.field.readOnly = !this.card.writes;
    for (const control of [this.off, ...(this.radios ?? []), ...this.mine.querySelectorAll("button")]) control.disabled = !this.card.writes;
    if (this.key === "top_skills") this.card.skills?.propose(this.now.text);
  }

  message() {
    const { text, rating, private: off } = this.now;
    this.sent = [...this.sent.slice(-30), fingerprint(content(this.now))];
    this.keep();
    return { question: this.key, seq: this.seq, version: this.base.version, text, rating, private: off };
  }

  // The journal's word on this note: after a save, on opening, or because another window wrote.
  hear({ wrote, seq, ...stored }) {
    const all = isSame(stored, this.now) || (wrote && seq === this.seq);
    if (!this.dirty || !this.card.writes || all) return this.settle(stored);
    this.join(stored, { ...this.base, text: fingerprint(this.base.text) }, wrote);
  }

  settle(stored) {
    this.base = { ...stored };
    this.acked = this.seq;
    this.sent = [];
    this.conflict = null;
    this.drawVersions();
    if (this.card.writes) this.card.drafts.drop(this.card.id, this.key);
    if (!isSame(this.now, stored)) {
      const { text, rating, private: off } = stored;
      this.now = { text, rating, private: off };
    }
    this.show();
  }

  // What is here and not stored yet meets what is stored. Different fields go together; the same
  // field changed on both sides is for the person to decide.
  join(stored, base, wrote = false) {
    const known = wrote || stored.version === base.version || this.sent.includes(fingerprint(content(stored)));
    const side = (field, value) => (field === "text" ? fingerprint(value) : value);
    const merged = { ...this.now };
    let both = false;
    for (const field of known ? [] : ["text", "rating", "private"]) {
      const here = side(field, this.now[field]) !== base[field];
      const there = side(field, stored[field]) !== base[field];
      if (there && !here) merged[field] = stored[field];
      if (there && here && stored[field] !== this.now[field]) both = true;
    }
    this.conflict = both ? { ...stored } : null;
    if (!both) {
      this.now = { text: merged.text, rating: merged.rating, private: merged.private };
      this.base = { ...stored };
      this.keep();
    }
    this.drawVersions();
    this.show();
  }

  resume(draft, stored) {
    const { text, rating, private: off } = draft;
    if (isSame({ text, rating, private: off }, stored)) return this.settle(stored);
    this.now = { text, rating, private: off };
    this.sent = draft.sent ?? [];
    this.base = { ...stored };
    this.seq = this.acked + 1;
    this.join(stored, draft.base ?? { ...NOTHING, text: fingerprint("") });
    if (this.conflict) this.card.drafts.keep(this.card.id, this.key, draft); // as it was, until decided
  }

  drawVersions() {
    this.versions.hidden = !this.conflict;
    this.versions.replaceChildren();
    if (!this.conflict) return;
    const stored = this.conflict;
    const rated = ({ rating }) => (rating === null ? "" : ` (rated ${rating})`);
    const choose = (words, make) =>
      element("button", { type: "button", onclick: () => this.decide(stored, make()) }, words);
    this.versions.append(
      element("p", {}, "This note was changed elsewhere meanwhile. Nothing is lost: which shall stay?"),
      element(
        "dl", {},
        element("dt", {}, `Stored in the journal${rated(stored)}`), element("dd", {}, stored.text || "(empty)"),
        element("dt", {}, `Yours, here${rated(this.now)}`), element("dd", {}, this.now.text || "(empty)"),
      ),
      element(
        "div", { class: "row" },
        choose("Keep mine", () => this.now),
        choose("Keep the stored one", () => stored),
        choose("Keep both", () => ({ ...this.now, text: `${stored.text}\n\n${this.now.text}` })),
      ),
    );
  }

  decide(stored, { text, rating, private: off }) {
    this.conflict = null;
    this.base = { ...stored };
    this.sent = [];
    this.drawVersions();
    this.change({ text, rating, private: off });
    this.field.focus();
  }
}

// ---------------------------------------------------------------- the skills they name

class Skills {
  constructor(card) {
    this.card = card;
    this.list = [];
    this.chips = element("ul", { class: "chips", "aria-label": "Skills they named" });
    this.entry = element("input", {
      type: "text", class: "chip-entry", placeholder: "a skill, then Enter", "aria-label": "Add a skill they named",
      oninput: () => this.keepEntry(), onchange: () => this.add(), onkeydown: (event) => this.entryKey(event),
    });
    this.node = element(
      "div", { class: "skills" }, this.chips, this.entry, (this.proposed = element("span", { class: "proposed", hidden: true })),
      element("span", { class: "hint" }, "On a skill: 1 to 3 ranks it, Delete removes it"),
    );
  }

  // Lines typed as text count as skills only when they are made chips.
  propose(text) {
    this.text = text;
    const taken = this.list.map((skill) => skill.phrase.toLowerCase());
    const lines = text.split("\n").map((line) => line.trim().replace(/^[-–•*\d.)\s]+|[.,;]$/g, ""));
    const likely = lines.filter((line) => line && line.length <= 40 && line.split(/\s+/).length <= 5);
    const fresh = [...new Set(likely)].filter((line) => !taken.includes(line.toLowerCase())).slice(0, 6);
    this.proposed.hidden = !fresh.length || !this.card.writes;
    const had = this.proposed.contains(this.proposed.getRootNode().activeElement);
    this.proposed.replaceChildren("Count as skills: ", ...fresh.map((phrase) => element(
      "button", { type: "button", "aria-label": `Count as a skill: ${phrase}`, onclick: () => this.take(phrase) }, phrase,
    )));
    if (had) (this.proposed.querySelector("button") ?? this.entry).focus();
  }

  take(phrase) {
    const taken = this.list.map((skill) => skill.rank);
    this.set({ phrase, rank: [1, 2, 3].find((rank) => !taken.includes(rank)) ?? null });
  }

  get unfinished() {
    return Boolean(this.entry.value.trim());
  }

  keepEntry() {
    if (this.entry.value) this.card.storageFull = !this.card.drafts.keep(this.card.id, "+entry", this.entry.value);
    else this.card.drafts.drop(this.card.id, "+entry");
    this.card.showStatus();
  }

  entryKey(event) {
    if (event.key !== "Enter") return;
    event.preventDefault();
    this.add();
  }

  add() {
    const phrase = this.entry.value.trim();
    this.entry.value = "";
    this.card.drafts.drop(this.card.id, "+entry");
    if (!phrase) return this.card.showStatus();
    this.take(phrase);
  }

  set(skill) {
    if (!this.card.writes) return;
    this.apply(skill);
    this.draw();
    this.card.operate({ type: "skill", ...skill });
  }

  apply({ phrase, rank, gone }) {
    const same = (skill) => skill.phrase.toLowerCase() === phrase.toLowerCase();
    const others = this.list.filter((skill) => !same(skill));
    if (rank) for (const skill of others) if (skill.rank === rank) skill.rank = null;
    const at = this.list.findIndex(same);
    if (!gone) others.splice(at < 0 ? others.length : at, 0, { phrase, rank: rank ?? null });
    this.list = others;
  }

  hear(stored, waiting) {
    this.list = stored.map((skill) => ({ ...skill }));
    for (const operation of waiting) if (operation.type === "skill") this.apply(operation);
    this.draw();
  }

  draw() {
    const had = this.chips.contains(this.chips.getRootNode().activeElement)
      ? this.chips.getRootNode().activeElement.dataset.phrase : null;
    this.list.sort((one, other) => (one.rank ?? 9) - (other.rank ?? 9));
    this.chips.replaceChildren(...this.list.map((skill) => this.drawChip(skill)));
    this.chips.hidden = !this.list.length;
    this.entry.disabled = !this.card.writes;
    if (this.text !== undefined) this.propose(this.text);
    if (had) [...this.chips.querySelectorAll("button")].find((b) => b.dataset.phrase === had)?.focus();
  }

  drawChip({ phrase, rank }) {
    const next = { 1: 2, 2: 3, 3: null }[rank] ?? (rank ? null : 1);
    const said = rank ? `Skill ${rank} of the three used most: ${phrase}` : `Skill: ${phrase}`;
    return element(
      "li", { class: "chip" },
      element(
        "button",
        {
          type: "button", "aria-label": said, "data-phrase": phrase, disabled: !this.card.writes,
          onclick: () => this.set({ phrase, rank: next }),
          onkeydown: (event) => this.chipKey(event, phrase),
        },
        rank ? element("b", {}, String(rank)) : null, phrase,
      ),
      element(
        "button",
        {
          type: "button", class: "remove", "aria-label": `Remove ${phrase}`, tabindex: "-1",
          disabled: !this.card.writes, onclick: () => this.remove(phrase),
        },
        "×",
      ),
    );
  }

  chipKey(event, phrase) {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (/^[0-3]$/.test(event.key)) this.set({ phrase, rank: Number(event.key) || null });
    else if (event.key === "Delete" || event.key === "Backspace") this.remove(phrase);
    else return;
    event.preventDefault();
  }

  remove(phrase) {
    this.set({ phrase, rank: null, gone: true });
    this.entry.focus();
  }
}

// ---------------------------------------------------------------- the clock on the wall

class Countdown {
  constructor(start) {
    this.minutes = 20;
    this.started = null;
    this.offset = 0;
    this.time = element("b", { role: "timer", "aria-label": "Time left" });
    this.words = element("span", { class: "hint" });
    this.button = element("button", { type: "button", class: "primary start", onclick: start }, "Start the clock");
    this.bar = element("i");
    this.track = element("div", { class: "track", "aria-hidden": "true" }, this.bar);
    this.node = element("div", { class: "clock" }, this.time, this.words);
  }

  now() {
    return Date.now() + this.offset;
  }

  /** @param {{minutes?: number, started?: number, past?: boolean, status?: string}} interview */
  set({ minutes, started, past, status }) {
    this.minutes = minutes;
    this.started = started;
    this.hidden = past || status === "done";
  }

  get left() {
    return this.started === null ? this.minutes * 60 : Math.round(this.minutes * 60 - (this.now() - this.started) / 1000);
  }

  get phase() {
    if (this.hidden) return "none";
    if (this.started === null) return "ready";
    if (this.left <= 0) return "up";
    if (this.left <= 60) return "last";
    return this.left <= 300 ? "closing" : "running";
  }

  // Shows the time; gives what is worth saying aloud when the phase has just turned.
  show() {
    const phase = this.phase;
    const past = Math.abs(this.left);
    const shown = `${this.left < 0 ? "+" : ""}${String(Math.floor(past / 60)).padStart(2, "0")}:${String(past % 60).padStart(2, "0")}`;
    const words = {
      ready: "the time you asked for",
      running: `of the ${this.minutes} minutes you asked for`,
      closing: "left: time to come to an end",
      last: "the last minute",
      up: `Time is up. You promised ${this.minutes} minutes.`,
    }[phase];
    this.node.hidden = this.track.hidden = phase === "none";
    this.button.hidden = phase !== "ready";
    this.node.dataset.phase = this.track.dataset.phase = phase;
    setText(this.time, shown);
    setText(this.words, words ?? "");
    this.bar.style.width = `${Math.min(100, Math.max(0, 100 - (100 * this.left) / (this.minutes * 60)))}%`;
    const turned = phase !== this.before && this.before !== undefined && ["closing", "last", "up"].includes(phase);
    this.before = phase;
    if (!turned) return "";
    return { closing: "5 minutes left", last: "1 minute left", up: words }[phase];
  }
}

// ---------------------------------------------------------------- a day, a month or a year

function dateFields(value, today, changed) {
  const [year, month, day] = (value ?? "").split("-").map(Number);
  const thisYear = Number(today.slice(0, 4));
  const option = (number, words, chosen) => element("option", { value: number, selected: number === chosen }, words);
  const names = Array.from({ length: 12 }, (_, i) => new Date(2000, i, 1).toLocaleString("en", { month: "long" }));
  const years = Array.from({ length: 12 }, (_, i) => thisYear - i);
  if (year && !years.includes(year)) years.push(year);
  const choose = {
    day: element("select", { "aria-label": "Day" }, option("", "day"), ...Array.from({ length: 31 }, (_, i) => option(i + 1, String(i + 1), day))),
    month: element("select", { "aria-label": "Month" }, option("", "month"), ...names.map((name, i) => option(i + 1, name, month))),
    year: element("select", { "aria-label": "Year" }, option("", "year"), ...years.map((number) => option(number, String(number), year))),
  };
  const read = () => {
    const two = (select) => select.value.padStart(2, "0");
    if (!choose.year.value) return null;
    if (!choose.month.value) return choose.year.value;
    if (!choose.day.value) return `${choose.year.value}-${two(choose.month)}`;
    const last = new Date(Number(choose.year.value), Number(choose.month.value), 0).getDate();
    if (Number(choose.day.value) > last) choose.day.value = String(last);
    return `${choose.year.value}-${two(choose.month)}-${two(choose.day)}`;
  };
  const node = element("span", { class: "row" }, choose.day, choose.month, choose.year);
  node.addEventListener("change", () => changed(read()));
  return { node, read };
}

// ---------------------------------------------------------------- the card

class Card {
  /**
   * @param {Model} model
   * @param {HTMLElement} el
   * @param {AbortSignal} signal
   */
  constructor(model, el, signal) {
    this.model = model;
    this.signal = signal;
    /** @type {any} */
    this.born = undefined;
    /** @type {any} */
    this.process = undefined;
    /** @type {number | null} */
    this.at = null;
    this.view = token();
    this.session = token() + token();
    this.drafts = new Drafts(model.get("journal_id"));
    this.notes = new Map();
    this.operations = [];
    this.id = null;
    this.writes = false;
    this.wait = 0;
    this.drawFrame();
    el.append(this.root);
    this.hear = this.hear.bind(this);
    model.on("msg:custom", this.hear);
    this.ticking = setInterval(() => this.tick(), 250);
    this.listen();
    this.sketch(model.get("sketch"));
    this.hello(this.likeliest());
  }

  // The standard questions are on the screen before Python has answered; one can read already.
  sketch(questions) {
    if (!questions?.length) return;
    this.card = { questions: Object.fromEntries(questions.map((question) => [question.key, question])) };
    this.skills = new Skills(this);
    this.clock.set({ past: true });
    for (const { key } of questions) this.note(key);
    this.skills.draw();
    this.body.hidden = false;
    this.sketched = true;
  }

  // An empty card for an interview; the sketch, where it has the same questions.
  blank(agenda) {
    if (this.sketched && agenda.join() === [...this.notes.keys()].join()) return;
    this.notes = new Map();
    this.skills = new Skills(this);
    this.questions.replaceChildren();
    this.before.replaceChildren();
  }

  // ------------------------------------------------ frame

  drawFrame() {
    this.picker = element("select", {
      class: "picker", "aria-label": "Interview", onchange: () => this.switchTo(this.picker.value),
    });
    this.about = element("span", { class: "hint" });
    this.status = element("span", { class: "status" });
    this.aloud = element("span", { class: "unseen", role: "status" });
    this.focusButton = element("button", { type: "button", class: "focus", onclick: () => this.toggleFocus() }, "Focus");
    this.clock = new Countdown(() => this.start());
    this.banner = element("div", { class: "banner", hidden: true });
    this.turnNote = element("div", { class: "banner", hidden: true });
    this.held = element("div", { class: "held", hidden: true });
    this.before = element("details", { class: "before", hidden: true });
    this.questions = element("ol", { class: "questions" });
    this.more = element("select", { "aria-label": "Ask another question", onchange: () => this.askAnother() });
    this.closing = element("p", { class: "closing", hidden: true });
    this.finishButton = element("button", { type: "button", class: "primary finish", onclick: () => this.finish() });
    this.clearing = element("p", { class: "clearing" });
    this.after = element("div", { class: "banner after", hidden: true });
    this.earlier = element("details", { class: "earlier" });
    const sample = this.model.get("sample");
    this.top = element(
      "div", { class: "bar" }, ...(sample ? [element("p", { class: "infonb-sample" }, sample)] : []),
      element("div", { class: "who" }, this.picker, this.about),
      this.clock.node, this.clock.button,
      element("div", { class: "side" }, this.status, this.focusButton), this.aloud,
    );
    this.body = element(
      "div", { class: "body", hidden: true }, this.turnNote, this.held, this.before, this.questions,
      element("div", { class: "more" }, this.more), this.closing,
    );
    this.rest = element(
      "details", { class: "rest" }, element("summary", {}, element("b", {}, "More"), ": keys, the copy in this browser, an interview from paper"),
      element(
        "p", { class: "keys" }, ...["Alt ↓ ↑", " next, previous  ", "Alt 1–5", " rate  ", "Alt P", " off the record  ", "Esc", " leave focus"]
          .map((words, i) => (i % 2 ? words : element("kbd", {}, words))),
      ),
      this.clearing, this.earlier,
    );
    this.foot = element("div", { class: "foot" }, this.finishButton, this.after, this.rest);
    this.root = element(
      "dialog",
      // no show(): that would take the focus away from the cell
      { class: "infonb infonb-capture", open: true, "aria-label": "Interview", "data-lm-suppress-shortcuts": "true" },
      this.top, this.clock.track, this.banner, this.body, this.foot,
    );
    this.drawClearing();
    this.say("opening", "opening…");
  }

  listen() {
    const options = { signal: this.signal };
    this.root.addEventListener("keydown", (event) => this.key(event), options);
    this.root.addEventListener("focusin", ({ target }) => this.markCurrent(target), options);
    // what closes when a field is left would move a button away from under the pointer
    this.root.addEventListener("mousedown", (event) => {
      if (event.target.closest?.(".bar button, .foot button")) event.preventDefault();
    }, options);
    this.root.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.toggleFocus(false);
    }, options);
    // a second Escape can't be prevented: the card stays where it is all the same
    this.root.addEventListener("close", () => this.root.open || this.root.setAttribute("open", ""), options);
    window.addEventListener("pagehide", () => this.push(), options);
  }

  key(event) {
    const saves = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s";
    if (!saves) event.stopPropagation(); // the notebook's one-key commands are not meant here
    const note = this.notes.get(event.target.closest?.("li[data-question]")?.dataset.question);
    const digit = /^(?:Digit|Numpad)([0-5])$/.exec(event.code ?? "")?.[1];
    const onRadio = event.target.type === "radio" && !event.ctrlKey && !event.metaKey;
    if (note && digit && (event.altKey || onRadio)) note.rate(Number(digit) || null);
    else if (note && event.altKey && event.code === "KeyP") note.change({ private: !note.now.private });
    else if (event.altKey && (event.key === "ArrowDown" || event.key === "ArrowUp")) this.move(note, event.key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
  }

  move(note, step) {
    const fields = [...this.questions.querySelectorAll("textarea, .chip-entry")];
    const focused = this.root.getRootNode().activeElement;
    const at = fields.includes(focused) ? fields.indexOf(focused) : note ? fields.indexOf(note.field) : -1;
    const next = fields[Math.min(fields.length - 1, Math.max(0, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: "nearest" });
  }

  // Where one writes: its question shows its tools, and Focus comes back to it.
  markCurrent(target) {
    const line = target.closest?.(".questions > li");
    if (!line) return;
    if (target.matches("textarea, input[type=text]")) this.field = target;
    for (const other of this.questions.children) other.classList.toggle("current", other === line);
  }

  toggleFocus(on = !this.root.matches(":modal")) {
    const { activeElement } = this.root.getRootNode();
    const field = this.field?.isConnected ? this.field : null;
    const focused = field && (activeElement === this.focusButton || !this.root.contains(activeElement)) ? field : activeElement;
    this.root.close();
    if (on) this.root.showModal();
    else this.root.setAttribute("open", "");
    setText(this.focusButton, on ? "Leave focus" : "Focus");
    if (!this.root.contains(focused)) return;
    focused.focus({ preventScroll: true });
    focused.scrollIntoView({ block: "center" });
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

  hello(interview, chosen = false) {
    this.send({ type: "hello", interview, chosen });
    clearTimeout(this.greeting);
    this.greeting = setTimeout(() => {
      this.say("away", "The kernel is busy or away. Waiting; or run the cell again.");
      this.hello(interview, chosen);
    }, PATIENCE);
  }

  likeliest() {
    return this.lastOpened() ?? this.drafts.interviews()[0] ?? null;
  }

  lastOpened(id) {
    try {
      if (id) sessionStorage.setItem(`${PREFIX}open:${this.model.get("journal_id")}`, id);
      return sessionStorage.getItem(`${PREFIX}open:${this.model.get("journal_id")}`);
    } catch {
      return null;
    }
  }

  hear(message) {
    const mine = message.view === this.view;
    if (message.type === "saved" && message.interview === this.id) return mine ? this.saved(message) : this.follow(message);
    if (!mine) return;
    if (message.type === "opened") this.opened(message);
    if (message.type === "pong") this.pong?.(true);
    if (message.type === "failed") this.failed(message);
  }

  opened(message) {
    clearTimeout(this.greeting);
    this.clock.offset = Math.abs(message.now - Date.now()) > 2000 ? message.now - Date.now() : 0;
    this.today = message.today;
    Object.assign(this, { born: message.born, process: message.process });
    this.drawChoices(message.choices, message.interview?.id, message.interview?.who);
    this.drawEarlier(message);
    this.banner.hidden = true;
    this.after.hidden = true;
    const { interview } = message;
    this.body.hidden = this.finishButton.hidden = !interview;
    if (!interview) {
      this.clock.set({ past: true });
      this.tell("No interview is planned yet. Plan one with Prepare, or type up an earlier one below.");
      this.say("idle", "");
      return;
    }
    if (interview.id !== this.id) this.enter(interview);
    else if (this.entering) this.begin(interview);
    else this.refresh(interview);
  }

  // ------------------------------------------------ one interview

  switchTo(id) {
    this.push();
    this.hello(id, true);
  }

  enter(interview) {
    this.turn?.leave();
    clearTimeout(this.pushing);
    clearTimeout(this.watching);
    Object.assign(this, { id: interview.id, writes: false, operations: [], flying: false, pushing: 0, watching: 0, away: "", at: null });
    this.lastOpened(interview.id);
    this.blank(interview.agenda);
    this.sketched = false;
    this.turnNote.hidden = true;
    this.clock.before = undefined;
    this.refresh(interview);
    this.showAll();
    this.turn = new Turn(`${PREFIX}${this.model.get("journal_id")}:${interview.id}`, {
      view: this.view, born: this.born, process: this.process,
      granted: (atOnce) => this.granted(interview, atOnce),
      waiting: () => this.reads("This interview is open in another window, so you can only read here."),
      lost: () => this.lose(),
      answers: () => this.answers(),
    });
    this.turn.start();
  }

  refresh(card) {
    this.card = card;
    setText(this.about, card.about);
    for (const key of card.agenda) this.note(key);
    const answers = Object.fromEntries(card.answers.map((answer) => [answer.question, answer]));
    for (const [key, note] of this.notes) note.hear(answers[key] ?? { question: key, ...NOTHING });
    this.skills.hear(card.skills, this.operations);
    this.clock.set({ ...card, past: card.past || this.paper === this.id });
    for (const operation of this.operations) if (operation.type === "start") this.clock.started ??= operation.at;
    this.drawMore();
    this.drawHeld();
    this.drawBefore();
    this.drawClosing();
    this.drawAfter();
    this.drawLater();
    this.notes.get("strengths_fit")?.offerStrengths();
    setText(this.finishButton, card.status === "done" ? "Finished" : "Finish");
    this.finishButton.disabled = card.status === "done" || !this.writes;
    this.tick();
    this.showStatus();
  }

  note(key) {
    if (this.notes.has(key) || !this.card.questions[key]) return this.notes.get(key);
    const note = new Note(this, key, this.card.questions[key]);
    this.notes.set(key, note);
    const closing = this.questions.querySelector('li[data-question="ask_next"]');
    if (closing && key !== "notes") closing.before(note.node);
    else this.questions.append(note.node);
    this.placeSkills();
    note.show();
    return note;
  }

  placeSkills() {
    const own = this.notes.get("top_skills")?.node;
    if (own) own.querySelector("textarea").before(this.skills.node);
    this.questions.querySelector("li.skills-alone")?.remove();
    if (own) return;
    const alone = element("li", { class: "skills-alone" }, element("span", { class: "label" }, "Skills they named"), this.skills.node);
    const closing = this.questions.querySelector('li[data-question="ask_next"]');
    if (closing) closing.before(alone);
    else this.questions.append(alone);
  }

  granted(interview, atOnce) {
    if (atOnce) return this.begin(interview);
    this.entering = true; // the other window may have written: see what is stored first
    this.send({ type: "open", interview: interview.id });
  }

  begin(interview) {
    this.entering = false;
    this.writes = true;
    this.turnNote.hidden = true;
    const drafts = this.drafts.of(interview.id);
    this.operations = drafts["+done"] ?? [];
    if (drafts["+entry"]) this.skills.entry.value = drafts["+entry"];
    this.refresh(interview);
    for (const [key, draft] of Object.entries(drafts)) {
      const note = key.startsWith("+") ? null : this.note(key);
      if (note) note.resume(draft, note.base);
      else if (!key.startsWith("+")) this.resumeRenamed(interview.id, key, draft);
    }
    this.showAll();
    this.push();
  }

  // a draft from before its question's key was changed: the old key is known by its SHA-256 alone
  async resumeRenamed(interview, formerly, draft) {
    const bytes = await globalThis.crypto?.subtle?.digest("SHA-256", new TextEncoder().encode(formerly));
    if (!bytes || this.id !== interview || !this.writes) return;
    const hash = [...new Uint8Array(bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    const renamed = Object.entries(this.card.questions).find(([, question]) => question.formerly?.includes(hash));
    if (!renamed || renamed[0] in this.drafts.of(interview)) return;
    if (!this.drafts.keep(interview, renamed[0], draft)) return;
    this.drafts.drop(interview, formerly);
    const note = this.note(renamed[0]);
    note.resume(draft, note.base);
    this.push();
  }

  reads(words) {
    this.writes = false;
    this.turnNote.hidden = false;
    this.turnNote.replaceChildren(
      element("span", {}, words),
      element("button", { type: "button", onclick: () => this.turn.tell(true) }, "Write here instead"),
    );
    this.showAll();
  }

  lose() {
    this.push();
    this.reads("You went on in another window, so you can only read here.");
  }

  showAll() {
    for (const note of this.notes.values()) note.show();
    this.skills.draw();
    this.finishButton.disabled = !this.writes || this.card.status === "done";
    for (const control of [this.more, this.clock.button, ...this.held.querySelectorAll("select, button")]) control.disabled = !this.writes;
    this.showStatus();
  }

  // Whether this window keeps its turn: somebody types in it, or its kernel is there.
  async answers() {
    return Date.now() - (this.typedAt ?? 0) < 5000 || (await this.kernelAnswers());
  }

  kernelAnswers() {
    return new Promise((resolve) => {
      this.pong = resolve;
      if (!this.send({ type: "ping" })) resolve(false);
      setTimeout(() => resolve(false), 1500);
    });
  }

  // ------------------------------------------------ saving

  get dirty() {
    return [...this.notes.values()].filter((note) => note.dirty);
  }

  noteChanged() {
    this.typedAt = Date.now();
    this.showStatus();
    // the first key after a pause goes at once: somebody may pull the plug
    const rest = (this.pushedAt ?? 0) + DEBOUNCE - Date.now();
    this.pushing ||= setTimeout(() => this.push(), Math.min(DEBOUNCE, Math.max(0, rest)));
    this.watch();
  }

  operate(operation) {
    if (!this.writes) return;
    this.operations.push({ token: token(), ...operation });
    this.storageFull = !this.drafts.keep(this.id, "+done", this.operations);
    this.noteChanged();
  }

  push() {
    clearTimeout(this.pushing);
    this.pushing = 0;
    if (!this.writes || this.flying) return;
    const items = this.dirty.filter((note) => !note.conflict).map((note) => note.message());
    if (!items.length && !this.operations.length) return;
    this.pushedAt = Date.now();
    this.flying = this.send({ type: "save", interview: this.id, session: this.session, items, operations: this.operations });
    if (!this.flying) this.kernelAway();
    this.watch();
  }

  // Armed by the first thing not stored, never put off by later ones, cleared by every answer.
  watch() {
    this.watching ||= setTimeout(() => this.kernelAway(), PATIENCE);
  }

  kernelAway() {
    clearTimeout(this.watching);
    this.watching = 0;
    this.flying = false;
    this.away = AWAY;
    this.wait = Math.min(LONGEST_WAIT, 2 * this.wait || 2000);
    this.pushing ||= setTimeout(() => this.push(), this.wait);
    this.showStatus();
  }

  saved(message) {
    clearTimeout(this.watching);
    Object.assign(this, { watching: 0, flying: false, away: "", wait: 0, at: message.at });
    for (const item of message.items) {
      if (message.refused[item.question]) this.away = `not saved: ${message.refused[item.question]}`;
      else this.notes.get(item.question)?.hear(item);
    }
    if (message.did.length) this.didOperations(message);
    this.showStatus();
    if (this.dirty.some((note) => !note.conflict) || this.operations.length) {
      this.pushing ||= setTimeout(() => this.push(), this.away ? LONGEST_WAIT : DEBOUNCE);
      if (!this.away) this.watch();
    }
  }

  didOperations(message) {
    this.operations = this.operations.filter((operation) => !message.did.includes(operation.token));
    if (this.operations.length) this.drafts.keep(this.id, "+done", this.operations);
    else this.drafts.drop(this.id, "+done");
    const words = message.did.map((token) => message.refused[token]).filter(Boolean);
    if (words.length) this.tell(words.join(" "));
    this.drawChoices(message.choices, this.id, message.card.who);
    this.refresh(message.card);
  }

  // Another window saved: a reader follows along.
  follow(message) {
    if (this.writes) return;
    if (message.card) this.refresh(message.card);
    for (const item of message.items) this.note(item.question)?.hear(item);
  }

  failed(message) {
    clearTimeout(this.greeting);
    clearTimeout(this.watching);
    Object.assign(this, { watching: 0, flying: false });
    if (message.to === "save") {
      this.kernelAway();
      this.away = `not saved yet: kept in this browser. ${message.text}`;
    } else this.tell(message.text);
    this.showStatus();
  }

  // ------------------------------------------------ what the bar says

  showStatus() {
    const waiting = this.dirty.length + this.operations.length;
    const torn = this.dirty.some((note) => note.conflict);
    const where = this.model.get("sample") ? "in the sample " : "";
    if (!this.id || this.entering) return;
    if (this.storageFull && waiting) this.say("away", "not saved yet, and this browser's storage is full");
    else if (this.away && waiting) this.say("away", this.away);
    else if (torn) this.say("away", "two versions of a note: please choose");
    else if (!this.writes && this.turnNote.hidden) this.say("opening", "opening…");
    else if (!this.writes) this.say("reading", "reading only");
    else if (waiting) this.say("saving", "saving…");
    else if (this.skills?.unfinished) this.say("saving", "press Enter to keep the skill");
    else if (this.at) this.say("saved", `saved ${where}${clockTime(this.at)}`);
    else this.say("idle", `all saved ${where}`.trim());
    this.drawClearing();
  }

  say(state, words) {
    if (state !== this.status.dataset.state) {
      const aloud = { saved: "saved", away: words, reading: words }[state];
      if (aloud) setText(this.aloud, aloud);
    }
    this.status.dataset.state = state;
    setText(this.status, words);
  }

  tell(words) {
    this.banner.hidden = false;
    setText(this.banner, words);
    setText(this.aloud, words);
  }

  // ------------------------------------------------ the clock, the end

  start() {
    if (!this.writes) return;
    const at = this.clock.now();
    this.clock.started = at;
    this.tick();
    this.operate({ type: "start", at });
    this.push();
    this.notes.values().next().value?.field.focus();
  }

  tick() {
    if (!this.card) return;
    const turned = this.clock.show();
    if (turned) setText(this.aloud, turned);
    this.closing.hidden = !["closing", "last", "up"].includes(this.clock.phase);
  }

  finish() {
    if (this.skills.unfinished) this.skills.add();
    this.operate({ type: "finish" });
    this.push();
  }

  // ------------------------------------------------ the smaller parts

  drawChoices(choices, chosen, who) {
    const option = ({ id, label }) => element("option", { value: id, selected: id === chosen }, label);
    this.choices = choices;
    this.picker.replaceChildren(
      ...[...new Set(choices.map((choice) => choice.group))].map((group) =>
        element("optgroup", { label: group }, ...choices.filter((choice) => choice.group === group).map(option)),
      ),
    );
    if (!choices.length) this.picker.append(element("option", {}, who ?? "no interview yet"));
    this.picker.disabled = choices.length < 2;
    const others = this.drafts.interviews().filter((id) => id !== chosen && choices.some((choice) => choice.id === id));
    for (const id of others) {
      const line = [...this.picker.options].find((each) => each.value === id);
      line.textContent = `${line.textContent} (notes not saved yet)`;
    }
  }

  drawMore() {
    const rest = Object.entries(this.card.questions).filter(([key]) => !this.notes.has(key));
    this.more.replaceChildren(
      element("option", { value: "" }, "Ask another question…"),
      ...rest.map(([key, question]) => element("option", { value: key }, question.prompt)),
    );
    this.more.parentElement.hidden = !rest.length;
  }

  askAnother() {
    const note = this.note(this.more.value);
    this.drawMore();
    note?.field.focus();
  }

  drawHeld() {
    const { past, status, started } = this.card;
    const fromPaper = past || this.paper === this.id;
    this.held.hidden = status !== "done" && !fromPaper && started !== null;
    if (this.held.contains(this.held.getRootNode().activeElement)) return; // not while one chooses
    this.held.replaceChildren();
    if (!fromPaper) {
      const typeUp = element("button", { type: "button", class: "link", disabled: !this.writes, onclick: () => this.typeUp() }, "It was held before; I am typing it up");
      this.held.append(typeUp);
      return;
    }
    const { node } = dateFields(this.card.date, this.today, (date) => this.operate({ type: "date", date }));
    for (const select of node.querySelectorAll("select")) select.disabled = !this.writes;
    this.held.append(element("span", {}, "When was it? Leave out what you don't know."), node);
  }

  typeUp() {
    this.paper = this.id;
    this.clock.hidden = true;
    this.held.getRootNode().activeElement?.blur();
    this.drawHeld();
    this.tick();
    this.held.querySelector("select")?.focus();
  }

  drawBefore() {
    const { before } = this.card;
    this.before.hidden = !before.length;
    if (!before.length || this.before.childElementCount) return;
    this.before.append(
      element("summary", {}, "What you found out beforehand"),
      ...before.map(({ title, text }) => element("p", {}, element("b", {}, `${title}: `), text)),
    );
  }

  drawClosing() {
    this.closing.replaceChildren(element("b", {}, "Before you go: "), this.card.closing.join(" · "));
  }

  // What comes when it is finished: the debriefing, and the next one that is planned.
  drawAfter() {
    this.after.hidden = this.card.status !== "done";
    const next = (this.choices ?? []).find((choice) => choice.group === "Planned" && choice.id !== this.id);
    this.after.replaceChildren(
      element("span", {}, "Finished and saved. While it is fresh: Debrief, below. What you correct here is kept, too."),
      ...(next ? [element("button", { type: "button", class: "next", onclick: () => this.switchTo(next.id) }, `Next interview: ${next.label}`)] : []),
    );
  }

  drawLater() {
    this.questions.querySelector("li.later")?.remove();
    const asked = this.card.agenda.filter((key) => !["ask_next", "notes"].includes(key));
    const first = this.notes.get(asked[ASKED_FIRST])?.node;
    first?.before(element("li", { class: "later" }, "If there is time"));
  }

  drawEarlier({ people, occupations, today }) {
    if (this.earlier.open) return;
    const list = `infonb-${this.view}-occupations`;
    const person = element("select", { "aria-label": "Person" }, element("option", { value: "" }, "somebody new"), ...people.map(({ id, name }) => element("option", { value: id }, name)));
    const name = element("input", { type: "text", "aria-label": "Name of the person", placeholder: "name" });
    const occupation = element("input", { type: "text", "aria-label": "Occupation", placeholder: "occupation", list });
    const date = dateFields(null, today, () => {});
    person.addEventListener("change", () => (name.hidden = Boolean(person.value)));
    const add = () => this.send({ type: "earlier", person: person.value, name: name.value, occupation: occupation.value, date: date.read() }) && (this.earlier.open = false);
    this.earlier.replaceChildren(
      element("summary", {}, "Type up an earlier interview from paper"),
      element(
        "div", { class: "row" }, person, name, occupation,
        element("datalist", { id: list }, ...occupations.map((title) => element("option", { value: title }))),
        date.node, element("button", { type: "button", onclick: add }, "Open a card for it"),
      ),
    );
  }

  drawClearing() {
    if (this.clearing.contains(this.clearing.getRootNode().activeElement)) return;
    const left = Drafts.keys().length;
    const button = (words, onclick) => element("button", { type: "button", class: "link", onclick }, words);
    if (this.clearing.childElementCount) return;
    this.clearing.replaceChildren(
      "This browser holds a second copy of what isn't saved yet, in case the connection breaks. ",
      button("Remove that copy", () => {
      const kept = Drafts.keys().length;
      if (!kept) return this.clear();
      const question = `${kept === 1 ? "One thing is" : `${kept} things are`} kept only in this browser. Remove it for good?`;
      this.clearing.replaceChildren(question, " ", button("Remove", () => this.clear()), " ", button("Keep", () => this.keepComputer()));
      this.clearing.querySelector("button").focus();
    }), " Your journal keeps everything that was saved.");
    this.clearing.title = left ? "" : "Nothing is kept in this browser.";
  }

  clear() {
    Drafts.clear();
    for (const note of this.notes.values()) note.settle(note.base);
    this.operations = [];
    this.skills.entry.value = "";
    this.keepComputer();
    this.tell("Nothing of your notes is left in this browser. The journal has what was saved.");
    if (this.id) this.send({ type: "open", interview: this.id });
    this.showStatus();
  }

  keepComputer() {
    this.clearing.replaceChildren();
    this.drawClearing();
  }

  leave() {
    this.push();
    clearInterval(this.ticking);
    for (const timer of [this.pushing, this.watching, this.greeting]) clearTimeout(timer);
    this.model.off("msg:custom", this.hear);
    this.turn?.leave();
    this.root.remove();
  }
}

function render({ model, el, signal }) {
  const card = new Card(model, el, signal);
  return () => card.leave();
}

export default { render };
