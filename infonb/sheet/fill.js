// Keeps what is typed on this phone, counts the minutes, and saves one line of JSON Lines.
"use strict";
(() => {
  const facts = JSON.parse(document.getElementById("facts").textContent);
  /** @type {any} */
  const form = document.getElementById("answers");
  const clock = document.getElementById("clock");
  const said = document.getElementById("said");
  const place = `infonb-sheet-${facts.id}`;
  let began = null;

  const day = (at) =>
    [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((n) => String(n).padStart(2, "0")).join("-");
  const moment = (at) => {
    const minutes = -at.getTimezoneOffset();
    const [hours, rest] = [Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    const local = new Date(at.getTime() + minutes * 60000).toISOString().slice(0, 19);
    return `${local}${minutes < 0 ? "-" : "+"}${String(hours).padStart(2, "0")}:${String(rest).padStart(2, "0")}`;
  };

  // a private window may have no storage: the page works without it, and says so
  const keep = () => {
    const kept = {};
    for (const field of form.elements) {
      if (!field.name) continue;
      if (field.type === "radio") { if (field.checked) kept[field.name] = field.value; }
      else if (field.type === "checkbox") { if (field.checked) kept[field.name] = true; }
      else if (field.value) kept[field.name] = field.value;
    }
    try {
      localStorage.setItem(place, JSON.stringify({ kept, began: began && began.getTime() }));
    } catch {
      said.textContent = "This browser keeps nothing: save before you close the page.";
    }
    return kept;
  };
  const restore = () => {
    let stored = null;
    try { stored = JSON.parse(localStorage.getItem(place)); } catch { return; }
    if (!stored) return;
    if (stored.began) start(new Date(stored.began));
    for (const field of form.elements) {
      if (!(field.name in stored.kept)) continue;
      const value = stored.kept[field.name];
      if (field.type === "radio") field.checked = field.value === value;
      else if (field.type === "checkbox") field.checked = true;
      else field.value = value;
    }
  };

  const tick = () => {
    const left = Math.round(facts.minutes * 60 - (Date.now() - began.getTime()) / 1000);
    const shown = Math.abs(left);
    clock.textContent =
      `${left < 0 ? "+" : ""}${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
    clock.classList.toggle("late", left < 0);
  };
  const start = (at) => {
    if (began) return;
    began = at;
    document.getElementById("start").hidden = true;
    tick();
    setInterval(tick, 1000);
  };

  const line = (kept) => {
    const now = new Date();
    const held = began || now;
    const answers = {};
    for (const key of [...facts.questions, "notes"]) {
      const answer = {};
      if (kept[key]) answer.text = kept[key];
      if (kept[`${key}.rating`]) answer.rating = Number(kept[`${key}.rating`]);
      if (!Object.keys(answer).length) continue;
      if (kept[`${key}.private`]) answer.private = true;
      answers[key] = answer;
    }
    const list = (name) => [1, 2, 3].map((n) => (kept[`${name}.${n}`] || "").trim());
    const next = new Date(held.getTime());
    next.setDate(next.getDate() + 1);
    const record = {
      id: facts.id, occupation: facts.occupation, status: "done", date: day(held), answers,
      skills: list("skill").map((phrase, n) => ({ phrase, rank: n + 1 })).filter((s) => s.phrase),
      referrals: list("referral").filter(Boolean).map((name) => ({ name })),
      tasks: [{ kind: "thank_you", due: day(held) }, { kind: "review_notes", due: day(next) }],
    };
    if (began) Object.assign(record, { started_at: moment(began), ended_at: moment(now) });
    return JSON.stringify(record);
  };

  form.addEventListener("input", keep);
  document.getElementById("start").addEventListener("click", () => { start(new Date()); keep(); });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const file = new Blob([line(keep()) + "\n"], { type: "application/x-ndjson" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `interview-${day(began || new Date())}.jsonl`;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    said.textContent = "Saved. Take the file in with: infonb import " + link.download;
  });
  restore();
})();
